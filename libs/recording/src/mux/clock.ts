/** How long a pair counts: long enough to meet a moment without delay, short enough to follow a clock being slewed. */
const WINDOW_MS = 60_000;

/**
 * Maps the clock of the room's worker to the server's. Each sender report is a pair: what the worker's clock said when it
 * was sent, what ours said when it came. The way only ever adds to the difference, so the smallest of the window is the
 * truest; a stall of this process delays some pairs and changes nothing.
 */
export class WorkerClock {
  private pairs: { at: number; difference: number }[] = [];

  /** Adds a pair, both in milliseconds. */
  add(workerMs: number, serverMs: number): void {
    const difference = serverMs - workerMs;
    this.pairs = this.pairs.filter((pair) => pair.at > serverMs - WINDOW_MS && pair.difference < difference);
    this.pairs.push({ at: serverMs, difference });
  }

  /** Server minus worker, milliseconds; null before the first pair. */
  get differenceMs(): number | null {
    return this.pairs[0]?.difference ?? null;
  }
}
