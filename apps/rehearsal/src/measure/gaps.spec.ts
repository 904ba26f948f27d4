import { describe, expect, it } from 'vitest';
import { gapWithin, lasting, longestGap } from './gaps.js';

describe('AN-01 gaps', () => {
  const steady = Array.from({ length: 100 }, (_, n) => n * 50);

  it('are the pauses between neighbours', () => {
    expect(longestGap([0, 50, 400, 450])).toBe(350);
    expect(longestGap([7])).toBe(0);
  });

  it('count from the last moment before the stretch', () => {
    const interrupted = steady.filter((at) => at <= 1000 || at >= 3000);
    expect(gapWithin(interrupted, 1020, 4000)).toBe(2000);
    expect(gapWithin(interrupted, 3500, 4000)).toBe(50);
  });

  it('last until the end for who never came back, and all the time for who never was there', () => {
    expect(gapWithin([0, 50, 100], 80, 5000)).toBe(4900);
    expect(gapWithin([], 1000, 5000)).toBe(4000);
  });

  it('are what was missed, where a moment stands for the time until the next', () => {
    const pulses = [0, 1020, 1990, 5000, 6010];
    expect(longestGap(lasting(pulses, 1000).sort((a, b) => a - b))).toBe(2010);
    expect(longestGap(lasting(pulses.slice(0, 3), 1000).sort((a, b) => a - b))).toBeLessThanOrEqual(100);
  });
});
