import type { VideoFrame } from '../rtp/vp8-frames.js';

export interface LayerFrame extends VideoFrame {
  /** Position among the encodings, the smallest picture is 0. */
  readonly layer: number;
  /** Server time of capture, ms. */
  readonly capturedMs: number;
}

export interface VideoPacket {
  readonly data: Uint8Array;
  readonly key: boolean;
  /** Since the segment's start, seconds. */
  readonly timestamp: number;
  readonly duration: number;
}

/** A better layer that stayed away this long is over: a worse one's key frame may take its place. */
const STALL_MS = 1_500;
/** Guess for a frame that nothing follows yet: a camera's. */
const LAST_FRAME_MS = 50;

/**
 * Makes one stream of several layers: at any time the best that is there, changing only at key frames. Frames are taken in
 * order of capture; the newest is kept back until the next tells how long it stood.
 */
export class VideoLane {
  private layer: number | null = null;
  private startMs: number | null = null;
  private pending: { frame: LayerFrame; timeMs: number } | null = null;
  private largest = { width: 0, height: 0 };

  get start(): number | null {
    return this.startMs;
  }

  get size(): { width: number; height: number } {
    return this.largest;
  }

  get durationMs(): number {
    return this.pending ? this.pending.timeMs + LAST_FRAME_MS : 0;
  }

  /** @returns the packet that this frame sets free */
  add(frame: LayerFrame): VideoPacket | null {
    if (!this.wants(frame)) return null;
    this.layer = frame.layer;
    this.startMs ??= frame.capturedMs;
    // A millisecond apart at least: WebM counts in whole ones, and two layers' clocks may disagree by some.
    const timeMs = Math.max(frame.capturedMs - this.startMs, this.pending ? this.pending.timeMs + 1 : 0);
    const free = this.pending && packetOf(this.pending, timeMs - this.pending.timeMs);
    this.pending = { frame, timeMs };
    if (frame.width && frame.height && frame.width * frame.height > this.largest.width * this.largest.height) {
      this.largest = { width: frame.width, height: frame.height };
    }
    return free;
  }

  /** The last frame, which stood until `endMs` (server time). */
  finish(endMs: number): VideoPacket | null {
    if (!this.pending || this.startMs === null) return null;
    const last = packetOf(this.pending, Math.max(LAST_FRAME_MS, endMs - this.startMs - this.pending.timeMs));
    this.pending = null;
    return last;
  }

  private wants(frame: LayerFrame): boolean {
    if (this.layer === frame.layer) return true;
    if (!frame.key) return false;
    if (this.layer === null || frame.layer > this.layer) return true;
    return this.pending !== null && frame.capturedMs - this.pending.frame.capturedMs > STALL_MS;
  }
}

const packetOf = ({ frame, timeMs }: { frame: LayerFrame; timeMs: number }, durationMs: number): VideoPacket => ({
  data: frame.data,
  key: frame.key,
  timestamp: timeMs / 1000,
  duration: durationMs / 1000,
});
