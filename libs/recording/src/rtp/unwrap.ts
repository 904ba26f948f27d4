/** Turns a counter of `bits` bits that wraps into one that doesn't; small steps back (reordering) stay steps back. */
export class Unwrapper {
  private readonly range: number;
  private last: number | null = null;

  constructor(bits: 16 | 32) {
    this.range = 2 ** bits;
  }

  /** Nearest unwrapped value to the one before; remembers the largest. */
  next(value: number): number {
    const unwrapped = this.peek(value);
    if (this.last === null || unwrapped > this.last) this.last = unwrapped;
    return unwrapped;
  }

  /** As `next`, without moving the reference. */
  peek(value: number): number {
    if (this.last === null) return value;
    const step = (value - (this.last % this.range) + this.range) % this.range;
    return this.last + (step >= this.range / 2 ? step - this.range : step);
  }
}
