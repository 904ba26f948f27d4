import type { MediaEvent, MediaTrack } from '@lyceum/contracts';
import type { RoomPipes } from '../cascade/room-pipes.js';
import { sharePriority } from '../engine/share-priority.js';
import type { RoomRecording } from '../recorder/room-recording.js';
import type { PublishedTrack } from './published-track.js';
import { RoomLayers } from './room-layers.js';
import type { RoomPlan } from './room-plan.js';
import type { RoomSeats } from './room-seats.js';
import type { RoomSound } from './room-sound.js';
import type { Seat } from './seat.js';

/** What tracks need of the incarnation that they are in. */
export interface TrackedRoom {
  readonly epoch: string;
  readonly plan: RoomPlan;
  readonly seats: RoomSeats;
  readonly pipes: RoomPipes;
  readonly sound: RoomSound;
  readonly recording: RoomRecording;
  tell(to: readonly string[], event: MediaEvent): void;
  /** The report has something new. */
  changed(): void;
}

/** The tracks of a room's incarnation: who hears of them, and all that follows them: voices, the recording, layers, other nodes. */
export class RoomTracks {
  private readonly tracks = new Map<string, PublishedTrack>();
  private readonly layers: RoomLayers;
  private closed = false;

  constructor(private readonly room: TrackedRoom) {
    const { epoch, seats, pipes } = room;
    this.layers = new RoomLayers(
      ({ trackId, participantId, origin }, highest) =>
        origin
          ? origin.want(trackId, highest)
          : room.tell([participantId], { type: 'layers-wanted', epoch, trackId, highest }),
      (trackId) => seats.subscriptionsTo(trackId),
      (trackId) => pipes.views(trackId),
    );
  }

  get(trackId: string): PublishedTrack | undefined {
    return this.tracks.get(trackId);
  }

  all(): Iterable<PublishedTrack> {
    return this.tracks.values();
  }

  list(): MediaTrack[] {
    return [...this.tracks.values()].map((track) => track.describe(this.room.plan.priorityOf(track.participantId)));
  }

  /** What this person may receive: the tracks of the others, nothing for people in the lobby. */
  listFor(participantId: string): MediaTrack[] {
    if (!this.room.plan.knows(participantId)) return [];
    return this.list().filter((track) => track.participantId !== participantId);
  }

  /** A track of a seat here. */
  open(seat: Seat, track: PublishedTrack): void {
    seat.tracks.set(track.trackId, track);
    this.arrive(track);
  }

  /** Others learn of a track when it is here; its owner knows. Who moves between nodes publishes again: the newer one counts. */
  arrive(track: PublishedTrack): void {
    const { epoch, plan } = this.room;
    const outdated = this.before(track);
    // Late word of a seat that its person has left: what they publish here is newer.
    const isLate = track.origin !== null && plan.serves(track.participantId);
    if (isLate && outdated.some(({ origin }) => origin === null)) return track.close();
    for (const other of outdated) this.remove(other);
    const described = track.describe(plan.priorityOf(track.participantId));
    this.tellOthers(track.participantId, { type: 'track-published', epoch, track: described });
    // What the room wants may have changed while the producer was being made.
    this.holdOrRelease(track);
    this.add(track);
    this.reviewLayers();
    this.room.changed();
  }

  depart(track: PublishedTrack): void {
    if (this.closed) return;
    this.remove(track);
    this.room.changed();
  }

  close(seat: Seat, trackId: string): void {
    const track = seat.tracks.get(trackId);
    if (!track) return;
    seat.tracks.delete(trackId);
    this.remove(track);
    this.room.changed();
  }

  /** The seat closes, and says itself that something changed. */
  closeAllOf(seat: Seat): void {
    for (const track of seat.tracks.values()) this.remove(track);
  }

  setMuted(track: PublishedTrack, muted: boolean): void {
    if (track.setMuted(muted)) this.tellPaused(track);
  }

  /** For a track of another node, that one decides. */
  holdOrRelease(track: PublishedTrack): void {
    if (track.origin) return;
    const { epoch, plan } = this.room;
    const held = !plan.mayForward(track.participantId, track.source);
    if (held === track.isHeld) return;
    if (track.setHeld(held)) this.tellPaused(track);
    this.room.tell([track.participantId], { type: 'track-held', epoch, trackId: track.trackId, held });
  }

  /** A person's priority is another one now. */
  prioritise(participantId: string): void {
    const { epoch, plan, seats } = this.room;
    const priority = plan.priorityOf(participantId);
    for (const { trackId, source } of this.of(participantId)) {
      for (const subscription of seats.subscriptionsTo(trackId))
        subscription.setPriority(sharePriority(source, priority));
      this.tellOthers(participantId, { type: 'track-priority', epoch, trackId, priority });
    }
  }

  /** A subscription began, ended or looks at another layer. */
  reviewLayers(): void {
    if (!this.closed) this.layers.review(this.tracks.values(), this.room.plan.isRecorded);
  }

  /** With the whole incarnation, without a word to anyone. */
  forget(): void {
    this.closed = true;
    this.layers.close();
    this.tracks.clear();
  }

  private of(participantId: string): PublishedTrack[] {
    return [...this.tracks.values()].filter((track) => track.participantId === participantId);
  }

  /** What a person published from the same source before, here or at another node. */
  private before({ participantId, source, trackId }: PublishedTrack): PublishedTrack[] {
    return this.of(participantId).filter((track) => track.source === source && track.trackId !== trackId);
  }

  private add(track: PublishedTrack): void {
    const { sound, recording, pipes } = this.room;
    this.tracks.set(track.trackId, track);
    sound.add(track);
    recording.trackOpened(track);
    this.layers.add(track);
    pipes.offer(track);
  }

  private remove(track: PublishedTrack): void {
    const { trackId, participantId } = track;
    if (!this.tracks.delete(trackId)) return;
    const { epoch, seats, sound, recording, pipes } = this.room;
    this.layers.remove(trackId);
    track.close();
    sound.remove(trackId);
    recording.trackClosed(trackId);
    pipes.retract(trackId);
    seats.forgetTrack(trackId);
    this.tellOthers(participantId, { type: 'track-closed', epoch, trackId });
  }

  private tellPaused(track: PublishedTrack): void {
    const { epoch, sound, pipes } = this.room;
    sound.paused(track);
    pipes.paused(track);
    const type = track.isPaused ? 'track-paused' : 'track-resumed';
    this.tellOthers(track.participantId, { type, epoch, trackId: track.trackId });
    this.room.changed();
  }

  private tellOthers(participantId: string, event: MediaEvent): void {
    const { plan, seats } = this.room;
    const others = seats.people.filter((id) => id !== participantId && plan.knows(id));
    this.room.tell(others, event);
  }
}
