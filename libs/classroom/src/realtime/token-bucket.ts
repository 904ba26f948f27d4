/**
 * Rate limit of one socket: `burst` messages at once, `perSecond` in the long run. The caller passes the time, so that it
 * can be tested without waiting.
 */
export class TokenBucket {
  private tokens: number;
  private updatedMs: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    nowMs: number,
  ) {
    this.tokens = burst;
    this.updatedMs = nowMs;
  }

  /** Takes one token; false when none is left. */
  take(nowMs: number): boolean {
    const refilled = this.tokens + (Math.max(0, nowMs - this.updatedMs) * this.perSecond) / 1000;
    this.tokens = Math.min(this.burst, refilled);
    this.updatedMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
