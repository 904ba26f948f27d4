import type { ActualRoom, FeedMessage, MediaEvent, RoomPlace, WantedRoom } from '@lyceum/contracts';
import type { types } from 'mediasoup';
import type { PipedRoom, RoomPipe } from '../cascade/room-pipe.js';
import { RoomPipes } from '../cascade/room-pipes.js';
import { dismissed, reprioritised, welcomed } from '../engine/wanted.js';
import type { RoomRecording } from '../recorder/room-recording.js';
import type { RoomFeed } from './room-feed.js';
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
  readonly tracks: RoomTracks;
  private closed = false;

  constructor(
    private readonly parts: RoomParts,
    private readonly listener: RoomListener,
  ) {
    const { epoch, sound, recording, surroundings } = parts;
    this.plan = new RoomPlan(surroundings.node);
    this.pipes = new RoomPipes(this, surroundings);
    const { plan, seats, pipes } = this;
    this.tracks = new RoomTracks({
      ...{ epoch, plan, seats, pipes, sound, recording },
      tell: (to, event) => this.tell(to, event),
      changed: () => listener.changed(),
    });
    sound.listen({
      speaks: (participantId) => this.tellPresent({ type: 'active-speaker', epoch, participantId }),
      floor: (trackId, onFloor) => {
        for (const subscription of seats.subscriptionsTo(trackId)) subscription.setOnFloor(onFloor);
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

  get sound(): RoomSound {
    return this.parts.sound;
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
    for (const track of this.tracks.all()) this.tracks.holdOrRelease(track);
    for (const participantId of reprioritised(before, wanted)) this.tracks.prioritise(participantId);
    for (const participantId of welcomed(before, wanted)) {
      if (this.seats.of(participantId))
        this.tell([participantId], { type: 'tracks', epoch: this.epoch, tracks: this.tracks.listFor(participantId) });
    }
    this.parts.recording.want(wanted.recording);
    this.tracks.reviewLayers();
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
    this.tracks.closeAllOf(seat);
    seat.close();
    this.tell([participantId], { type: 'seat-closed', seat: seat.id, reason });
    this.tracks.reviewLayers();
    this.listener.changed();
  }

  /** To everyone in the room, whichever node serves them. */
  hear(message: Extract<FeedMessage, { t: 'ephemeral' }>, from?: RoomPipe): void {
    this.parts.feed.say(message);
    this.pipes.say(message, from);
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

  actual(): ActualRoom {
    return {
      roomId: this.roomId,
      version: this.plan.version,
      epoch: this.epoch,
      seats: this.seats.actual(),
      tracks: this.tracks.list(),
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
  private tellPresent(event: MediaEvent): void {
    this.tell(this.seats.present(), event);
  }

  /** Closes everything without a word to anyone: the engine says why. Idempotent; also right when the worker is dead. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.tracks.forget();
    this.pipes.close();
    this.parts.recording.close();
    this.seats.close();
    this.parts.router.close();
  }

  /** Who comes in hears who speaks: that is told only once. */
  private seatPresent(seat: Seat): void {
    const { participantId } = seat;
    if (!seat.setPresent(this.plan.isPresent(participantId)) || !seat.isPresent) return;
    this.tell([participantId], { type: 'active-speaker', epoch: this.epoch, participantId: this.sound.speaker });
  }
}
