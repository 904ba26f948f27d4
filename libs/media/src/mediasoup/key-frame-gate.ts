/** Viewers who come alone never wait: this many key frames may be asked for in a row. */
const BURST = 3;
/** And this long it takes until one more may: a crowd gets one key frame a second, together. */
const REFILL_MS = 1_000;

/**
 * Holds back what makes the sender of a picture encode a key frame. Each costs as much as many usual frames; four hundred people
 * who come within a minute would leave no bits for the lecture. Those who have to wait are let in together.
 */
export class KeyFrameGate {
  private tokens = BURST;
  private at: number;
  private waiting: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.at = now();
  }

  /** Calls `enter` at once, or with all the others who wait by then. */
  pass(enter: () => void): void {
    this.refill();
    if (this.waiting.length === 0 && this.tokens >= 1) {
      this.tokens -= 1;
      return enter();
    }
    this.waiting.push(enter);
    this.timer ??= setTimeout(() => this.open(), Math.ceil((1 - this.tokens) * REFILL_MS));
  }

  /** Nobody waits any more. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = [];
  }

  private open(): void {
    this.timer = undefined;
    this.refill();
    this.tokens = Math.max(0, this.tokens - 1);
    for (const enter of this.waiting.splice(0)) enter();
  }

  private refill(): void {
    const now = this.now();
    this.tokens = Math.min(BURST, this.tokens + (now - this.at) / REFILL_MS);
    this.at = now;
  }
}
