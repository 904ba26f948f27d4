import type { ActualRoom, FeedMessage, MediaEvent, MediaTrack, RoomPlace, WantedRoom } from '@lyceum/contracts';
import type { types } from 'mediasoup';
import type { PipedRoom, RoomPipe } from '../cascade/room-pipe.js';
import { RoomPipes } from '../cascade/room-pipes.js';
import { sharePriority } from '../engine/share-priority.js';
import { dismissed, reprioritised, welcomed } from '../engine/wanted.js';
import type { RoomRecording } from '../recorder/room-recording.js';
import type { PublishedTrack } from './published-track.js';
import type { RoomFeed } from './room-feed.js';
import { RoomLayers } from './room-layers.js';
import type { RoomSurroundings } from './room-maker.js';
import { RoomPlan } from './room-plan.js';
import { RoomSeats } from './room-seats.js';
import type { RoomSound } from './room-sound.js';
import { RoomTracks } from './room-tracks.js';
import type { Seat } from './seat.js';

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
  readonly surroundings: RoomSurroundings;
}

export type SeatClosedReason = Extract<MediaEvent, { type: 'seat-closed' }>['reason'];

/**
 * The closing cascade
 * - a track is closed by its owner, or by another of the same source: viewers hear `track-closed`, the recorder `track-close`
 * - a seat is closed when its person is dismissed, opens another page or is lost for good: its tracks as above, its page
 *   hears `seat-closed`
 * - the room ends: every seat as above, the recorder hears `close`
 * - a person is served by another node from now on: their seat here is closed a little later
 * - the pipe to another node closes: the tracks that came through it as above
 * - the worker dies: nothing of this is told; all pages hear `reset` once the next incarnation is there
 *
 * One incarnation of a room on one router of one node, which may share it with others. It dies with its worker: the engine then makes another with a new epoch and
 * tells everyone to prepare again. Holds the actual state and keeps it in line with what is wanted.
 */
export class RoomMedia implements PipedRoom {
  readonly plan: RoomPlan;
  readonly seats = new RoomSeats();
  readonly pipes: RoomPipes;
  private readonly tracks: RoomTracks;
  private readonly layers: RoomLayers;
  private closed = false;

  constructor(
    private readonly parts: RoomParts,
    private readonly listener: RoomListener,
  ) {
    const { epoch, sound, recording, surroundings } = parts;
    this.plan = new RoomPlan(surroundings.node);
    this.pipes = new RoomPipes(this, surroundings);
    this.layers = new RoomLayers(
      ({ trackId, participantId, origin }, highest) =>
        origin
          ? origin.want(trackId, highest)
          : this.tell([participantId], { type: 'layers-wanted', epoch, trackId, highest }),
      (trackId) => this.seats.subscriptionsTo(trackId),
      (trackId) => this.pipes.views(trackId),
    );
    this.tracks = new RoomTracks(sound, recording, this.layers, this.pipes);
    sound.listen({
      speaks: (participantId) => this.tellPresent({ type: 'active-speaker', epoch, participantId }),
      floor: (trackId, onFloor) => {
        for (const subscription of this.seats.subscriptionsTo(trackId)) subscription.setOnFloor(onFloor);
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
    return this.seats.isEmpty && this.pipes.isEmpty;
  }

  /** Brings everything in line with `wanted`. Versions are the engine's business. */
  apply(wanted: WantedRoom, place: RoomPlace): void {
    const before = this.plan.follow(wanted, place);
    this.pipes.follow(this.plan.home);
    for (const participantId of dismissed(before, wanted)) this.closeSeat(participantId, 'removed');
    for (const seat of this.seats.all()) {
      if (this.plan.serves(seat.participantId)) {
        seat.stay();
        this.seatPresent(seat);
      } else seat.leave(() => this.closeSeatOf(seat, 'lost'));
    }
    for (const track of this.tracks.all()) this.holdOrRelease(track);
    for (const participantId of reprioritised(before, wanted)) this.prioritise(participantId);
    for (const participantId of welcomed(before, wanted)) {
      if (this.seats.of(participantId))
        this.tell([participantId], { type: 'tracks', epoch: this.epoch, tracks: this.listFor(participantId) });
    }
    this.parts.recording.want(wanted.recording);
    this.reviewLayers();
    this.listener.changed();
  }

  /** A seat's transports changed: only the report is concerned. */
  seatChanged(): void {
    this.listener.changed();
  }

  /** Takes the place of the seat that an earlier page of the same person had. */
  addSeat(seat: Seat): void {
    this.closeSeat(seat.participantId, 'replaced');
    this.seats.add(seat);
    this.seatPresent(seat);
    this.listener.changed();
  }

  closeSeat(participantId: string, reason: SeatClosedReason): void {
    const seat = this.seats.of(participantId);
    if (seat) this.closeSeatOf(seat, reason);
  }

  /** Unless a newer page of the person has taken its place. */
  closeSeatOf(seat: Seat, reason: SeatClosedReason): void {
    const { participantId } = seat;
    if (!this.seats.remove(seat)) return;
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
    if (!this.plan.knows(participantId)) return [];
    return this.list().filter((track) => track.participantId !== participantId);
  }

  /** A track of a seat here. */
  addTrack(seat: Seat, track: PublishedTrack): void {
    seat.tracks.set(track.trackId, track);
    this.arrive(track);
  }

  /** Others learn of a track when it is here; its owner knows. Who moves between nodes publishes again: the newer one counts. */
  arrive(track: PublishedTrack): void {
    const outdated = this.tracks.before(track);
    // Late word of a seat that its person has left: what they publish here is newer.
    const isLate = track.origin !== null && this.plan.serves(track.participantId);
    if (isLate && outdated.some(({ origin }) => origin === null)) return track.close();
    for (const other of outdated) this.removeTrack(other);
    const described = track.describe(this.plan.priorityOf(track.participantId));
    this.tellOthers(track.participantId, { type: 'track-published', epoch: this.epoch, track: described });
    // What the room wants may have changed while the producer was being made.
    this.holdOrRelease(track);
    this.tracks.add(track);
    this.reviewLayers();
    this.listener.changed();
  }

  depart(track: PublishedTrack): void {
    if (this.closed) return;
    this.removeTrack(track);
    this.listener.changed();
  }

  published(): Iterable<PublishedTrack> {
    return this.tracks.all();
  }

  /** To everyone in the room, whichever node serves them. */
  hear(message: Extract<FeedMessage, { t: 'ephemeral' }>, from?: RoomPipe): void {
    this.parts.feed.say(message);
    this.pipes.say(message, from);
  }

  get sound(): RoomSound {
    return this.parts.sound;
  }

  /** The class is over: every page is told, then all is closed. */
  end(): void {
    for (const participantId of this.seats.people) this.closeSeat(participantId, 'ended');
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
    if (this.closed) return;
    this.layers.review(this.tracks.all(), this.plan.isRecorded);
  }

  actual(): ActualRoom {
    return {
      roomId: this.roomId,
      version: this.plan.version,
      epoch: this.epoch,
      seats: this.seats.actual(),
      tracks: this.list(),
      recording: this.parts.recording.actual(),
    };
  }

  /** People whose pages hold something of this incarnation, for the reset after its death. */
  people(): string[] {
    return [...new Set([...this.seats.people, ...this.plan.people])];
  }

  tell(to: readonly string[], event: MediaEvent): void {
    if (to.length > 0) this.listener.event(to, event);
  }

  /** To everyone who is in the room now. */
  tellPresent(event: MediaEvent): void {
    this.tell(this.seats.present(), event);
  }

  /** Closes everything without a word to anyone: the engine says why. Idempotent; also right when the worker is dead. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.pipes.close();
    this.layers.close();
    this.parts.recording.close();
    this.seats.close();
    this.tracks.clear();
    this.parts.router.close();
  }

  private list(): MediaTrack[] {
    return this.tracks.list((participantId) => this.plan.priorityOf(participantId));
  }

  /** Who comes in hears who speaks: that is told only once. */
  private seatPresent(seat: Seat): void {
    const { participantId } = seat;
    if (!seat.setPresent(this.plan.isPresent(participantId)) || !seat.isPresent) return;
    this.tell([participantId], { type: 'active-speaker', epoch: this.epoch, participantId: this.sound.speaker });
  }

  private removeTrack(track: PublishedTrack): void {
    if (!this.tracks.remove(track)) return;
    this.seats.forgetTrack(track.trackId);
    this.tellOthers(track.participantId, { type: 'track-closed', epoch: this.epoch, trackId: track.trackId });
  }

  /** For a track of another node, that one decides. */
  private holdOrRelease(track: PublishedTrack): void {
    if (track.origin) return;
    const { epoch } = this;
    const held = !this.plan.mayForward(track.participantId, track.source);
    if (held !== track.isHeld) {
      if (track.setHeld(held)) this.tellPaused(track);
      this.tell([track.participantId], { type: 'track-held', epoch, trackId: track.trackId, held });
    }
  }

  private prioritise(participantId: string): void {
    const priority = this.plan.priorityOf(participantId);
    for (const { trackId, source } of this.tracks.of(participantId)) {
      for (const subscription of this.seats.subscriptionsTo(trackId))
        subscription.setPriority(sharePriority(source, priority));
      this.tellOthers(participantId, { type: 'track-priority', epoch: this.epoch, trackId, priority });
    }
  }

  private tellPaused(track: PublishedTrack): void {
    const { epoch } = this;
    const type = track.isPaused ? 'track-paused' : 'track-resumed';
    this.tracks.paused(track);
    this.tellOthers(track.participantId, { type, epoch, trackId: track.trackId });
    this.listener.changed();
  }

  private tellOthers(participantId: string, event: MediaEvent): void {
    this.tell(
      this.seats.people.filter((id) => id !== participantId && this.plan.knows(id)),
      event,
    );
  }
}
