import { describe, expect, it } from 'vitest';
import { PathWatch } from './path-watch.js';

describe('PathWatch', () => {
  function watching(...estimates: number[]): number[] {
    const told: number[] = [];
    const watch = new PathWatch((available) => told.push(available));
    for (const availableBitrate of estimates) watch.traced({ type: 'bwe', info: { availableBitrate } });
    return told;
  }

  it('AV-07 tells an estimate, and again when it changed by a fifth', () => {
    expect(watching(1_000_000, 900_000, 1_100_000, 790_000, 800_000, 90_000)).toEqual([1_000_000, 790_000, 90_000]);
  });

  it('AV-07 sees no difference between paths that carry everything', () => {
    expect(watching(3_000_000, 8_000_000, 2_100_000)).toEqual([2_000_000]);
  });

  it('AV-07 hears nothing else that is traced', () => {
    const told: number[] = [];
    new PathWatch((available) => told.push(available)).traced({ type: 'probation', info: {} });
    expect(told).toEqual([]);
  });
});
