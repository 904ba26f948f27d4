import type { MediaTrack, TrackKind, TrackSource } from '@lyceum/contracts';
import type { types } from 'mediasoup-client';
import { assumedHeight, layerFor } from './simulcast.js';

/** What a viewer wants of a track: lines in device pixels, or off screen. */
export type TileSize = { readonly height: number } | null;

/** Someone else's track. `media` is null until it can be attached to an element; the object lives as long as the track. */
export class RemoteTrack {
  readonly trackId: string;
  readonly participantId: string;
  readonly source: TrackSource;
  readonly kind: TrackKind;
  private readonly encodings: number;
  private isPaused: boolean;
  private consumer: types.Consumer | undefined;
  private size: TileSize;

  constructor(track: MediaTrack) {
    this.trackId = track.trackId;
    this.participantId = track.participantId;
    this.source = track.source;
    this.kind = track.kind;
    this.encodings = track.encodings;
    this.isPaused = track.paused;
    // Until a tile says otherwise: good enough for a tile, so that there is a picture before the page is laid out.
    this.size = { height: 180 };
  }

  /** Muted by its owner or held by the room: no sound or a frozen picture; show that instead. */
  get paused(): boolean {
    return this.isPaused;
  }

  get media(): MediaStreamTrack | null {
    return this.consumer?.track ?? null;
  }

  /** For engine code only, like everything below. */
  get attached(): types.Consumer | undefined {
    return this.consumer;
  }

  get wanted(): boolean {
    return this.kind === 'audio' || this.size !== null;
  }

  get layer(): number {
    return this.size ? layerFor(this.size.height, assumedHeight(this.encodings), this.encodings) : 0;
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

  resize(size: TileSize): void {
    this.size = size;
  }
}
