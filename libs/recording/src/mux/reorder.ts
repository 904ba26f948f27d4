import type { RtpPacket } from '../rtp/packet.js';
import { Unwrapper } from '../rtp/unwrap.js';

/** How long a hole waits for its retransmission, ms by arrival. NACK gives up long before. */
const HOLD_MS = 800;

export interface Arrived {
  readonly packet: RtpPacket;
  /** Unwrapped RTP time stamp. */
  readonly rtp: number;
  readonly at: number;
}

export interface Ordered extends Arrived {
  /** Packets before this one never came. */
  readonly afterLoss: boolean;
}

/** Puts the packets of one RTP stream in order of sequence; late and repeated ones are dropped. */
export class ReorderBuffer {
  private readonly sequence = new Unwrapper(16);
  private readonly waiting = new Map<number, Arrived>();
  private expected: number | null = null;

  push(arrived: Arrived): Ordered[] {
    const number = this.sequence.next(arrived.packet.sequence);
    if (this.expected !== null && number < this.expected) return [];
    this.waiting.set(number, arrived);
    return this.release(arrived.at);
  }

  /** What `now` (ms, arrival clock) sets free. */
  release(now: number): Ordered[] {
    const out: Ordered[] = [];
    for (;;) {
      const next = this.expected === null ? undefined : this.waiting.get(this.expected);
      if (next && this.expected !== null) {
        this.waiting.delete(this.expected);
        this.expected += 1;
        out.push({ ...next, afterLoss: false });
        continue;
      }
      const first = this.oldest();
      if (first === null || now - first.arrived.at < HOLD_MS) return out;
      const lost = this.expected !== null;
      this.waiting.delete(first.number);
      this.expected = first.number + 1;
      out.push({ ...first.arrived, afterLoss: lost });
    }
  }

  private oldest(): { number: number; arrived: Arrived } | null {
    let number: number | null = null;
    for (const key of this.waiting.keys()) if (number === null || key < number) number = key;
    const arrived = number === null ? undefined : this.waiting.get(number);
    return number === null || !arrived ? null : { number, arrived };
  }
}
