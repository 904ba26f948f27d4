import { describe, expect, it } from 'vitest';
import { circularMedian, median, quantile, wrap } from './statistics.js';

describe('AN-01 statistics of a rehearsal', () => {
  it('takes quantiles by nearest rank', () => {
    const values = [5, 1, 4, 2, 3, 9, 8, 7, 6, 10];
    expect(quantile(values, 0.95)).toBe(10);
    expect(quantile(values, 0.5)).toBe(5);
    expect(median([])).toBeNaN();
  });

  it('folds offsets around a period', () => {
    expect(wrap(980, 1000)).toBe(-20);
    expect(wrap(-980, 1000)).toBe(20);
    expect(circularMedian([990, 995, 5, 10, 15], 1000)).toBe(5);
  });
});
