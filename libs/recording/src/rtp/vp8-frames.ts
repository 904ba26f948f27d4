import { Vp8RtpPayload } from 'werift-rtp';
import type { Ordered } from '../mux/reorder.js';

export interface VideoFrame {
  readonly data: Buffer;
  readonly key: boolean;
  /** Unwrapped RTP time stamp. */
  readonly rtp: number;
  /** Arrival of its last packet, ms. */
  readonly at: number;
  /** Of key frames only. */
  readonly width: number | null;
  readonly height: number | null;
}

/** Start code of a VP8 key frame's header (RFC 6386 §9.1). */
const START_CODE = Buffer.from([0x9d, 0x01, 0x2a]);

/**
 * Builds VP8 frames from packets in order (RFC 7741). After a loss nothing decodes until the next key frame, so what comes
 * in between is left out rather than shown broken.
 */
export class Vp8Frames {
  private parts: Buffer[] = [];
  private current: { rtp: number; key: boolean } | null = null;
  private broken = true;

  /** True while frames are missing and only a key frame helps. */
  get needsKeyFrame(): boolean {
    return this.broken;
  }

  /** The frame that this packet completes, if it does. */
  push({ packet, rtp, at, afterLoss }: Ordered): VideoFrame | null {
    if (afterLoss) this.lose();
    const descriptor = this.parse(packet.payload);
    if (!descriptor) return null;
    if (this.current && this.current.rtp !== rtp) this.lose();
    if (descriptor.isPartitionHead && descriptor.pid === 0 && this.parts.length === 0) {
      this.current = { rtp, key: descriptor.isKeyframe };
    }
    if (!this.current) return null;
    this.parts.push(descriptor.payload);
    return packet.marker ? this.finish(this.current.key, rtp, at) : null;
  }

  private finish(key: boolean, rtp: number, at: number): VideoFrame | null {
    const data = Buffer.concat(this.parts);
    this.reset();
    if (key) this.broken = false;
    if (this.broken || data.length === 0) return null;
    const size = key ? keyFrameSize(data) : null;
    return { data, key, rtp, at, width: size?.width ?? null, height: size?.height ?? null };
  }

  private lose(): void {
    this.broken = true;
    this.reset();
  }

  private reset(): void {
    this.parts = [];
    this.current = null;
  }

  /** A packet of padding alone has nothing to say; a cut descriptor counts as loss. */
  private parse(payload: Buffer): Vp8RtpPayload | null {
    if (payload.length === 0) return null;
    try {
      return Vp8RtpPayload.deSerialize(payload);
    } catch {
      this.lose();
      return null;
    }
  }
}

function keyFrameSize(data: Buffer): { width: number; height: number } | null {
  if (data.length < 10 || !data.subarray(3, 6).equals(START_CODE)) return null;
  return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
}
