import type { MediaTrack, SeatPriority, TrackKind, TrackSource } from '@lyceum/contracts';
import type { types } from 'mediasoup-client';
import type { Share, Shown } from './picture-share.js';
import { assumedHeight, layerFor } from './simulcast.js';

/** What a viewer wants of a track: lines in device pixels, or off screen. */
export type TileSize = { readonly height: number } | null;

/** Someone else's track. `media` is null until it can be attached to an element; the object lives as long as the track. */
export class RemoteTrack implements Shown {
  readonly trackId: string;
  readonly participantId: string;
  readonly source: TrackSource;
  readonly kind: TrackKind;
  private readonly encodings: number;
  private rank: SeatPriority | null;
  private isPaused: boolean;
  private consumer: types.Consumer | undefined;
  private size: TileSize;
  private share: Share = 'whole';
  /** An image of a still is on its way. */
  private flowing = false;

  constructor(track: MediaTrack) {
    this.trackId = track.trackId;
    this.participantId = track.participantId;
    this.source = track.source;
    this.kind = track.kind;
    this.rank = track.priority;
    this.encodings = track.encodings;
    this.isPaused = track.paused;
    // Until a tile says otherwise: good enough for a tile, so that there is a picture before the page is laid out.
    this.size = { height: 180 };
  }

  get priority(): SeatPriority | null {
    return this.rank;
  }

  /** Muted by its owner or held by the room: no sound or a frozen picture; show that instead. */
  get paused(): boolean {
    return this.isPaused;
  }

  /** Its picture stands still because this browser takes fewer (`MediaSnapshot.ladder` says why); show that instead. */
  get resting(): boolean {
    return this.kind === 'video' && this.share === 'nothing';
  }

  get media(): MediaStreamTrack | null {
    return this.consumer?.track ?? null;
  }

  /** For engine code only, like everything below. */
  get attached(): types.Consumer | undefined {
    return this.consumer;
  }

  get wanted(): boolean {
    if (this.kind === 'audio') return true;
    if (this.size === null || this.share === 'nothing') return false;
    return this.share !== 'still' || this.flowing;
  }

  /** A picture that would be on screen on a full path. */
  get shown(): boolean {
    return this.kind === 'video' && !this.isPaused && (this.size !== null || this.resting);
  }

  get layer(): number {
    return this.size && this.share === 'whole'
      ? layerFor(this.size.height, assumedHeight(this.encodings), this.encodings)
      : 0;
  }

  get hasLayers(): boolean {
    return this.encodings > 1;
  }

  attach(consumer: types.Consumer): void {
    this.consumer = consumer;
  }

  /** True when that was a change. */
  setPaused(paused: boolean): boolean {
    const changed = paused !== this.isPaused;
    this.isPaused = paused;
    return changed;
  }

  setPriority(priority: SeatPriority | null): void {
    this.rank = priority;
  }

  resize(size: TileSize): void {
    this.size = size;
  }

  /** True when it came to rest, or woke. */
  setShare(share: Share): boolean {
    if (share === this.share) return false;
    const before = this.resting;
    this.share = share;
    this.flowing = false;
    return this.resting !== before;
  }

  /** Lets a still flow for the next image. */
  setFlowing(flowing: boolean): void {
    this.flowing = flowing;
  }
}
