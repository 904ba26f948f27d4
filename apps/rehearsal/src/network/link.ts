/** What one direction of a bad network does to packets. */
export interface Shape {
  /** Share of packets that vanish, in percent. */
  readonly lossPct: number;
  /** Bottleneck in kbit/s (1000 bits); Infinity for none. */
  readonly kbitPerSecond: number;
  readonly delayMs: number;
  /** Each packet waits up to this much longer than the delay; packets may overtake each other, as on real paths. */
  readonly jitterMs: number;
}

export const clearPath: Shape = { lossPct: 0, kbitPerSecond: Infinity, delayMs: 0, jitterMs: 0 };

/** How long a packet may stand before the bottleneck until the router drops what comes: what cheap home routers do. */
const QUEUE_MS = 300;

/** What became of packets since the link was made. */
export interface LinkCounts {
  carried: number;
  lost: number;
  overflowed: number;
}

/**
 * One direction of a path in user space, for kernels without netem: random loss, then a bottleneck with a short queue that
 * drops at its tail, then delay and jitter.
 */
export class Link {
  shape: Shape = clearPath;
  readonly counts: LinkCounts = { carried: 0, lost: 0, overflowed: 0 };
  private freeAt = 0;

  constructor(private readonly random: () => number = Math.random) {}

  /** Lets a packet of `bytes` pass sooner or later, or never. Works on the clock of `Date.now`. */
  send(bytes: number, deliver: () => void): void {
    const { lossPct, kbitPerSecond, delayMs, jitterMs } = this.shape;
    if (this.random() * 100 < lossPct) {
      this.counts.lost++;
      return;
    }
    const now = Date.now();
    let wait = delayMs + (jitterMs && this.random() * jitterMs);
    if (Number.isFinite(kbitPerSecond)) {
      const queued = Math.max(0, this.freeAt - now);
      if (queued > QUEUE_MS) {
        this.counts.overflowed++;
        return;
      }
      this.freeAt = now + queued + (bytes * 8) / kbitPerSecond;
      wait += this.freeAt - now;
    }
    this.counts.carried++;
    if (wait < 1) deliver();
    else setTimeout(deliver, wait);
  }
}
