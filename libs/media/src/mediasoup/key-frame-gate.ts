/** Viewers who come alone never wait: this many key frames may be asked for in a row. */
const BURST = 3;
/** And this long it takes until one more may: a crowd gets one key frame a second, together. */
const REFILL_MS = 1_000;
/** A browser that made a key frame on request ignores requests for 300 ms; those who come in then need another way. */
const AGAIN_MS = 400;

/** Lets a viewer in, which makes mediasoup ask for a key frame; done when it has asked. Never fails. */
type Enter = () => Promise<void>;

/**
 * Holds back what makes the sender of a picture encode a key frame. Each costs as much as many usual frames; four hundred people
 * who come within a minute would leave no bits for the lecture. Those who have to wait are let in together.
 */
export class KeyFrameGate {
  private tokens = BURST;
  private at: number;
  private waiting: Enter[] = [];
  private lastAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    /** A viewer came in, or several together. `again`: a key frame was asked for a moment before, too. */
    private readonly asked: (again: boolean) => void,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.at = now();
  }

  /** Calls `enter` at once, or with all the others who wait by then. */
  pass(enter: Enter): void {
    this.refill();
    if (this.waiting.length === 0 && this.tokens >= 1) {
      this.tokens -= 1;
      return this.ask([enter]);
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
    this.ask(this.waiting.splice(0));
  }

  /** Who comes in together shares a key frame. */
  private ask(together: readonly Enter[]): void {
    const now = this.now();
    const again = now - this.lastAt < AGAIN_MS;
    this.lastAt = now;
    void Promise.all(together.map((enter) => enter())).then(() => this.asked(again));
  }

  private refill(): void {
    const now = this.now();
    this.tokens = Math.min(BURST, this.tokens + (now - this.at) / REFILL_MS);
    this.at = now;
  }
}
