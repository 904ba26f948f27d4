import { Floor } from '../engine/floor.js';
import type { PublishedTrack } from './published-track.js';
import type { RoomFeed } from './room-feed.js';
import { Speakers } from './speakers.js';
import type { types } from 'mediasoup';

export interface SoundListener {
  /** Somebody else speaks; null for nobody. */
  speaks(participantId: string | null): void;
  /** The voice of a big room won or lost the floor. */
  floor(trackId: string, onFloor: boolean): void;
}

/** The voices of a room: who speaks, how loud everybody is, and who is forwarded when many talk. */
export class RoomSound {
  private readonly tracks = new Map<string, PublishedTrack>();
  private readonly floor = new Floor((trackId, onFloor) => this.listener?.floor(trackId, onFloor));
  private speakers!: Speakers;
  private listener: SoundListener | undefined;

  private constructor(private readonly feed: RoomFeed) {}

  static async open(router: types.Router, feed: RoomFeed): Promise<RoomSound> {
    const sound = new RoomSound(feed);
    sound.speakers = await Speakers.open(router, {
      active: (trackId) => sound.listener?.speaks(sound.participant(trackId)),
      levels: (levels) => sound.hears(levels),
    });
    return sound;
  }

  listen(listener: SoundListener): void {
    this.listener = listener;
  }

  /** Participant who speaks now. */
  get speaker(): string | null {
    return this.participant(this.speakers.current);
  }

  /** Does a new subscription to this track get its sound? */
  hasFloor(trackId: string): boolean {
    return this.floor.has(trackId);
  }

  /** Has the observers watch a microphone. @throws Error when its producer is gone */
  observe(producerId: string): Promise<void> {
    return this.speakers.add(producerId);
  }

  add(track: PublishedTrack): void {
    if (track.source !== 'mic') return;
    this.tracks.set(track.trackId, track);
    this.paused(track);
  }

  /** It was muted or held, or is not any more. */
  paused(track: PublishedTrack): void {
    if (!this.tracks.has(track.trackId)) return;
    if (track.isPaused) this.floor.close(track.trackId);
    else this.floor.open(track.trackId, performance.now());
  }

  remove(trackId: string): void {
    if (!this.tracks.delete(trackId)) return;
    this.floor.close(trackId);
    this.speakers.forget(trackId);
  }

  private hears(levels: ReadonlyMap<string, number>): void {
    this.floor.hears(levels, performance.now());
    const named = [...levels].map(([trackId, level]) => [this.participant(trackId), level] as const);
    const known = named.filter((entry): entry is [string, number] => entry[0] !== null);
    this.feed.say({ t: 'levels', levels: Object.fromEntries(known) });
  }

  private participant(trackId: string | null): string | null {
    return (trackId === null ? null : this.tracks.get(trackId)?.participantId) ?? null;
  }
}
