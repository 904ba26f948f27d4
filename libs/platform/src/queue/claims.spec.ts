import { describe, expect, it } from 'vitest';
import { retryPauseMs } from './claims.js';

describe('OP-01 retries of a job', () => {
  it('OP-01 wait twice as long each time, and never longer than five minutes', () => {
    expect([1, 2, 3, 4].map(retryPauseMs)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(retryPauseMs(40)).toBe(300_000);
  });
});
