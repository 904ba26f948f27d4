import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.js';

describe('AV-01 rate limit of a socket', () => {
  it('lets a burst through, then the steady rate', () => {
    const bucket = new TokenBucket(2, 3, 0);
    expect([1, 2, 3, 4].map(() => bucket.take(0))).toEqual([true, true, true, false]);
    expect(bucket.take(500)).toBe(true);
    expect(bucket.take(500)).toBe(false);
  });

  it('never saves up more than a burst', () => {
    const bucket = new TokenBucket(1, 2, 0);
    expect([1, 2, 3].map(() => bucket.take(60_000))).toEqual([true, true, false]);
  });
});
