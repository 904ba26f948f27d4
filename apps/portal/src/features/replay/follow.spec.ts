import { describe, expect, it } from 'vitest';
import { correction, segmentAt, segmentsNear } from './follow.js';

describe('RE-02 following the master clock', () => {
  it('RE-02 leaves an element alone that is where it should be, or on its way', () => {
    expect(correction(10, 10.005, 1.25, false)).toEqual({ seekTo: null, playbackRate: 1.25 });
    expect(correction(10, 2, 1, true)).toEqual({ seekTo: null, playbackRate: 1 });
  });

  it('RE-02 jumps when it is far off', () => {
    expect(correction(10, 10.4, 1, false).seekTo).toBe(10);
    expect(correction(10, 9.6, 1, false).seekTo).toBe(10);
  });

  it('RE-02 runs slower when ahead and faster when behind, by at most six per cent', () => {
    expect(correction(10, 10.05, 1, false).playbackRate).toBeCloseTo(0.975, 5);
    expect(correction(10, 9.95, 1, false).playbackRate).toBeCloseTo(1.025, 5);
    expect(correction(10, 10.29, 1, false).playbackRate).toBeCloseTo(0.94, 5);
    expect(correction(10, 9.5, 2, false).playbackRate).toBeCloseTo(2.12, 5);
  });

  it('RE-02 brings a lag of 200 ms below 20 ms within eight seconds, and keeps it there', () => {
    let actual = 0;
    let expected = 0.2;
    for (let tick = 0; tick < 80; tick += 1) {
      const { seekTo, playbackRate } = correction(expected, actual, 1, false);
      actual = (seekTo ?? actual) + 0.1 * playbackRate;
      expected += 0.1;
    }
    expect(Math.abs(actual - expected)).toBeLessThan(0.02);
  });
});

describe('RE-02 segments on the clock', () => {
  const segments = [
    { id: 'a', startMs: 0, durationMs: 5_000 },
    { id: 'b', startMs: 8_000, durationMs: 4_000 },
    { id: 'c', startMs: 11_000, durationMs: 4_000 },
  ];

  it.each([
    [0, 'a'],
    [4_999, 'a'],
    [5_000, undefined],
    [8_000, 'b'],
    [11_500, 'c'],
    [15_000, undefined],
  ])('RE-02 plays at %i ms: %s', (ms, id) => {
    expect(segmentAt(segments, ms)?.id).toBe(id);
  });

  it('RE-02 fetches what comes soon and nothing else', () => {
    expect(segmentsNear(segments, 4_500, 4_000).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(segmentsNear(segments, 6_000, 1_000)).toEqual([]);
  });
});
