import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clearPath, Link } from './link.js';

describe('AV-09 a path in user space', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Sends `count` packets of 1,250 bytes, one every `everyMs`; answers how many arrived within `ms`. */
  function arrivals(link: Link, count: number, everyMs: number, ms: number): number {
    let arrived = 0;
    for (let n = 0; n < count; n++) setTimeout(() => link.send(1250, () => arrived++), n * everyMs);
    vi.advanceTimersByTime(ms);
    return arrived;
  }

  it('loses the share it is told to lose', () => {
    let step = 0;
    const link = new Link(() => (step++ % 10) / 10);
    link.shape = { ...clearPath, lossPct: 20 };
    expect(arrivals(link, 100, 1, 1000)).toBe(80);
    expect(link.counts).toEqual({ carried: 80, lost: 20, overflowed: 0 });
  });

  it('carries no more than its rate, and drops at the tail of a short queue', () => {
    const link = new Link();
    link.shape = { ...clearPath, kbitPerSecond: 100 };
    // 1,250 bytes take 100 ms at 100 kbit/s: ten a second pass, of a hundred offered.
    const arrived = arrivals(link, 200, 10, 2000);
    expect(arrived).toBeGreaterThanOrEqual(19);
    expect(arrived).toBeLessThanOrEqual(21);
    expect(link.counts.overflowed).toBeGreaterThan(170);
  });

  it('delays without dropping', () => {
    const link = new Link();
    link.shape = { ...clearPath, delayMs: 80 };
    expect(arrivals(link, 1, 0, 79)).toBe(0);
    vi.advanceTimersByTime(1);
    expect(link.counts.carried).toBe(1);
  });
});
