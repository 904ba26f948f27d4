import type { ActualRoom, MediaEvent, MediaTrack, SeatPriority, TrackSource, WantedRoom } from '@lyceum/contracts';
import type { types } from 'mediasoup';
import { dismissed, mayForward, welcomed } from '../engine/wanted.js';
import { mediaError } from '../errors.js';
import type { RoomRecording } from '../recorder/room-recording.js';
import type { PublishedTrack } from './published-track.js';
import type { RoomFeed } from './room-feed.js';
import { RoomLayers } from './room-layers.js';
import type { RoomSound } from './room-sound.js';
import type { Seat } from './seat.js';
import type { Subscription } from './subscription.js';

export interface RoomListener {
  event(to: readonly string[], event: MediaEvent): void;
  changed(): void;
}

/** What an incarnation is made of. */
export interface RoomParts {
  readonly roomId: string;
  readonly epoch: string;
  readonly router: types.Router;
  readonly server: types.WebRtcServer;
  readonly feed: RoomFeed;
  readonly sound: RoomSound;
  readonly recording: RoomRecording;
}

export type SeatClosedReason = Extract<MediaEvent, { type: 'seat-closed' }>['reason'];

/**
 * The closing cascade
 * - a track is closed by its owner, or by another of the same source: viewers hear `track-closed`, the recorder `track-close`
 * - a seat is closed when its person is dismissed, opens another page or is lost for good: its tracks as above, its page
 *   hears `seat-closed`
 * - the room ends: every seat as above, the recorder hears `close`
 * - the worker dies: nothing of this is told; all pages hear `reset` once the next incarnation is there
 *
 * One incarnation of a room on one router. It dies with its worker: the engine then makes another with a new epoch and
 * tells everyone to prepare again. Holds the actual state and keeps it in line with what is wanted.
 */
export class RoomMedia {
  private readonly seats = new Map<string, Seat>();
  private readonly tracks = new Map<string, PublishedTrack>();
  private readonly layers: RoomLayers;
  private wanted: WantedRoom | undefined;
  private closed = false;

  constructor(
    private readonly parts: RoomParts,
    private readonly listener: RoomListener,
  ) {
    const { epoch, sound } = parts;
    this.layers = new RoomLayers(
      ({ trackId, participantId }, highest) =>
        this.tell([participantId], { type: 'layers-wanted', epoch, trackId, highest }),
      (trackId) => this.subscriptionsTo(trackId),
    );
    sound.listen({
      speaks: (participantId) => this.tellPresent({ type: 'active-speaker', epoch, participantId }),
      floor: (trackId, onFloor) => {
        for (const subscription of this.subscriptionsTo(trackId)) subscription.setOnFloor(onFloor);
      },
    });
  }

  get roomId(): string {
    return this.parts.roomId;
  }

  get epoch(): string {
    return this.parts.epoch;
  }

  get router(): types.Router {
    return this.parts.router;
  }

  get server(): types.WebRtcServer {
    return this.parts.server;
  }

  get feed(): RoomFeed {
    return this.parts.feed;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  get isEmpty(): boolean {
    return this.seats.size === 0;
  }

  /** Brings everything in line with `wanted`. Versions are the engine's business. */
  apply(wanted: WantedRoom): void {
    const before = this.wanted;
    this.wanted = wanted;
    for (const participantId of dismissed(before, wanted)) this.closeSeat(participantId, 'removed');
    for (const seat of this.seats.values()) this.seatPresent(seat);
    for (const track of this.tracks.values()) this.holdOrRelease(track);
    for (const participantId of welcomed(before, wanted)) {
      if (this.seats.has(participantId))
        this.tell([participantId], { type: 'tracks', epoch: this.epoch, tracks: this.listFor(participantId) });
    }
    this.parts.recording.want(wanted.recording);
    this.reviewLayers();
    this.listener.changed();
  }

  /** May this person know what is published? Not in the lobby. */
  knows(participantId: string): boolean {
    return participantId in (this.wanted?.seats ?? {});
  }

  isPresent(participantId: string): boolean {
    return this.wanted?.seats[participantId]?.present ?? false;
  }

  priorityOf(participantId: string): SeatPriority | null {
    return this.wanted?.seats[participantId]?.priority ?? null;
  }

  /** A seat's transports changed: only the report is concerned. */
  seatChanged(): void {
    this.listener.changed();
  }

  /** Takes the place of the seat that an earlier page of the same person had. */
  addSeat(seat: Seat): void {
    this.closeSeat(seat.participantId, 'replaced');
    this.seats.set(seat.participantId, seat);
    this.seatPresent(seat);
    this.listener.changed();
  }

  /** @throws LyceumError MEDIA.SEAT_GONE when the person has no seat, or a newer one than `seatId`. */
  seat(participantId: string, seatId: string): Seat {
    const seat = this.seats.get(participantId);
    if (seat?.id !== seatId) throw mediaError('MEDIA.SEAT_GONE');
    return seat;
  }

  closeSeat(participantId: string, reason: SeatClosedReason): void {
    const seat = this.seats.get(participantId);
    if (!seat) return;
    this.seats.delete(participantId);
    for (const track of seat.tracks.values()) this.removeTrack(track);
    seat.close();
    this.tell([participantId], { type: 'seat-closed', seat: seat.id, reason });
    this.reviewLayers();
    this.listener.changed();
  }

  track(trackId: string): PublishedTrack | undefined {
    return this.tracks.get(trackId);
  }

  /** What this person may receive: the tracks of the others, nothing for people in the lobby. */
  listFor(participantId: string): MediaTrack[] {
    if (!this.knows(participantId)) return [];
    return this.list().filter((track) => track.participantId !== participantId);
  }

  mayForward(participantId: string, source: TrackSource): boolean {
    return mayForward(this.wanted?.seats[participantId], source);
  }

  /** Others learn of a track when it is here; its owner knows. */
  addTrack(seat: Seat, track: PublishedTrack): void {
    seat.tracks.set(track.trackId, track);
    this.tracks.set(track.trackId, track);
    this.tellOthers(seat.participantId, { type: 'track-published', epoch: this.epoch, track: this.describe(track) });
    // What the room wants may have changed while the producer was being made.
    this.holdOrRelease(track);
    this.parts.sound.add(track);
    this.parts.recording.trackOpened(track);
    this.layers.add(track);
    this.reviewLayers();
    this.listener.changed();
  }

  get sound(): RoomSound {
    return this.parts.sound;
  }

  /** The class is over: every page is told, then all is closed. */
  end(): void {
    for (const participantId of [...this.seats.keys()]) this.closeSeat(participantId, 'ended');
    this.parts.recording.end();
    this.close();
  }

  /** Another node records this room now. */
  leaveRecording(): void {
    this.parts.recording.close();
  }

  closeTrack(seat: Seat, trackId: string): void {
    const track = seat.tracks.get(trackId);
    if (!track) return;
    seat.tracks.delete(trackId);
    this.removeTrack(track);
    this.listener.changed();
  }

  setMuted(track: PublishedTrack, muted: boolean): void {
    if (track.setMuted(muted)) this.tellPaused(track);
  }

  /** A subscription began, ended or looks at another layer. */
  reviewLayers(): void {
    const recorded = this.wanted?.recording != null && !this.wanted.recording.paused;
    this.layers.review(this.tracks.values(), recorded);
  }

  actual(): ActualRoom {
    const seats = [...this.seats].map(
      ([id, seat]) => [id, { connected: seat.connected, present: seat.isPresent }] as const,
    );
    return {
      roomId: this.roomId,
      version: this.wanted?.version ?? 0,
      epoch: this.epoch,
      seats: Object.fromEntries(seats),
      tracks: this.list(),
      recording: this.parts.recording.actual(),
    };
  }

  /** People whose pages hold something of this incarnation, for the reset after its death. */
  people(): string[] {
    return [...new Set([...this.seats.keys(), ...Object.keys(this.wanted?.seats ?? {})])];
  }

  tell(to: readonly string[], event: MediaEvent): void {
    if (to.length > 0) this.listener.event(to, event);
  }

  /** To everyone who is in the room now. */
  tellPresent(event: MediaEvent): void {
    this.tell(
      [...this.seats.values()].filter((seat) => seat.isPresent).map((seat) => seat.participantId),
      event,
    );
  }

  /** Closes everything without a word to anyone: the engine says why. Idempotent; also right when the worker is dead. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.layers.close();
    this.parts.recording.close();
    for (const seat of this.seats.values()) seat.close();
    this.seats.clear();
    this.tracks.clear();
    this.parts.router.close();
  }

  private list(): MediaTrack[] {
    return [...this.tracks.values()].map((track) => this.describe(track));
  }

  private describe(track: PublishedTrack): MediaTrack {
    return track.describe(this.priorityOf(track.participantId));
  }

  private *subscriptionsTo(trackId: string): Generator<Subscription> {
    for (const seat of this.seats.values()) {
      const subscription = seat.subscriptions.get(trackId);
      if (subscription) yield subscription;
    }
  }

  /** Who comes in hears who speaks: that is told only once. */
  private seatPresent(seat: Seat): void {
    const { participantId } = seat;
    if (!seat.setPresent(this.isPresent(participantId)) || !seat.isPresent) return;
    this.tell([participantId], { type: 'active-speaker', epoch: this.epoch, participantId: this.sound.speaker });
  }

  private removeTrack(track: PublishedTrack): void {
    this.tracks.delete(track.trackId);
    this.layers.remove(track.trackId);
    track.close();
    for (const seat of this.seats.values()) seat.subscriptions.delete(track.trackId);
    this.parts.sound.remove(track.trackId);
    this.parts.recording.trackClosed(track.trackId);
    this.tellOthers(track.participantId, { type: 'track-closed', epoch: this.epoch, trackId: track.trackId });
  }

  private holdOrRelease(track: PublishedTrack): void {
    const { epoch } = this;
    const held = !this.mayForward(track.participantId, track.source);
    if (held !== track.isHeld) {
      if (track.setHeld(held)) this.tellPaused(track);
      this.tell([track.participantId], { type: 'track-held', epoch, trackId: track.trackId, held });
    }
  }

  private tellPaused(track: PublishedTrack): void {
    const { epoch } = this;
    const type = track.isPaused ? 'track-paused' : 'track-resumed';
    this.parts.sound.paused(track);
    this.tellOthers(track.participantId, { type, epoch, trackId: track.trackId });
    this.listener.changed();
  }

  private tellOthers(participantId: string, event: MediaEvent): void {
    this.tell(
      [...this.seats.keys()].filter((id) => id !== participantId && this.knows(id)),
      event,
    );
  }
}
