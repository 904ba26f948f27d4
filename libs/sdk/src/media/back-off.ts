const GROWTH = 2;

/** How long to wait before the next attempt at something that may fail: longer after each failure, up to a limit. */
export class BackOff {
  private ms: number;

  constructor(
    private readonly firstMs: number,
    private readonly lastMs: number,
  ) {
    this.ms = firstMs;
  }

  get waitMs(): number {
    return this.ms;
  }

  failed(): void {
    this.ms = Math.min(this.ms * GROWTH, this.lastMs);
  }

  worked(): void {
    this.ms = this.firstMs;
  }
}
