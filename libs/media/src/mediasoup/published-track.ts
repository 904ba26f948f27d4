import type { MediaTrack, SeatPriority, TrackSource } from '@lyceum/contracts';
import type { types } from 'mediasoup';
import { KeyFrameGate } from './key-frame-gate.js';

/** Another node that a track comes from. */
export interface TrackOrigin {
  /** `highest`: the encoding that is needed here, NOBODY for none. */
  want(trackId: string, highest: number): void;
  /** Somebody came in here, so that a key frame was asked for. */
  keyFrameAsked(trackId: string): void;
}

/**
 * A producer with the two reasons for silence kept apart: its owner muted it, or the room does not want it (`held`). It is
 * forwarded only when neither holds.
 */
export class PublishedTrack {
  /** Where viewers of a picture come in. */
  readonly gate = new KeyFrameGate((again) => this.keyFrameAsked(again));
  private muted: boolean;
  private held: boolean;
  private forwarding: boolean;

  constructor(
    readonly producer: types.Producer,
    readonly participantId: string,
    readonly source: TrackSource,
    state: { muted: boolean; held: boolean },
    /** Null for a track of a seat of this node. */
    readonly origin: TrackOrigin | null,
    /** Asks its owner's page, for a moment in which a browser ignores mediasoup's request. */
    private readonly askOwner: () => void = () => undefined,
  ) {
    this.muted = state.muted;
    this.held = state.held;
    this.forwarding = !producer.paused;
  }

  get trackId(): string {
    return this.producer.id;
  }

  get encodings(): number {
    return this.producer.rtpParameters.encodings?.length ?? 1;
  }

  get isHeld(): boolean {
    return this.held;
  }

  get isPaused(): boolean {
    return this.muted || this.held;
  }

  /** True when the outside saw a change: paused became running or the other way round. */
  setMuted(muted: boolean): boolean {
    this.muted = muted;
    return this.follow();
  }

  setHeld(held: boolean): boolean {
    this.held = held;
    return this.follow();
  }

  describe(priority: SeatPriority | null): MediaTrack {
    const { trackId, participantId, source, encodings } = this;
    return { trackId, participantId, source, kind: this.producer.kind, paused: this.isPaused, encodings, priority };
  }

  /** A viewer came in at another node, whose request for a key frame goes through the pipe by itself. */
  viewedElsewhere(): void {
    this.gate.pass(() => Promise.resolve());
  }

  close(): void {
    this.gate.close();
    this.producer.close();
  }

  private keyFrameAsked(again: boolean): void {
    // Only the node of its owner knows who else has just asked.
    if (this.origin) this.origin.keyFrameAsked(this.trackId);
    else if (again) this.askOwner();
  }

  /** Requests reach the worker in order, so the last one said is the state it ends in; a closed producer needs none. */
  private follow(): boolean {
    const forward = !this.isPaused;
    if (forward === this.forwarding || this.producer.closed) return false;
    this.forwarding = forward;
    (forward ? this.producer.resume() : this.producer.pause()).catch(() => undefined);
    return true;
  }
}
