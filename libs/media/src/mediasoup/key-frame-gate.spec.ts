import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeyFrameGate } from './key-frame-gate.js';

describe('KeyFrameGate', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Lets `count` people in, one each `everyMs`; when each of them got through. */
  function crowd(count: number, everyMs: number): number[] {
    const start = Date.now();
    const gate = new KeyFrameGate(
      () => undefined,
      () => Date.now(),
    );
    const entered: number[] = [];
    for (let person = 0; person < count; person += 1) {
      gate.pass(async () => void entered.push(Date.now() - start));
      vi.advanceTimersByTime(everyMs);
    }
    vi.advanceTimersByTime(5_000);
    return entered;
  }

  it('AV-04 keeps nobody waiting who comes alone or with a few others', () => {
    expect(crowd(3, 100)).toEqual([0, 100, 200]);
    expect(crowd(10, 1_000)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000]);
  });

  it('AV-04 makes about one key frame a second for four hundred people within a minute', () => {
    const entered = crowd(400, 150);
    expect(entered).toHaveLength(400);
    const moments = new Set(entered);
    expect(moments.size).toBeLessThanOrEqual(3 + 61);
    expect(moments.size).toBeGreaterThan(50);
  });

  it('AV-04 holds people for a second at most', () => {
    const entered = crowd(100, 50);
    for (const [person, at] of entered.entries()) expect(at - person * 50).toBeLessThanOrEqual(1_000);
  });

  it('AV-04 says when somebody comes so soon after another that a browser ignores the request', async () => {
    const again: boolean[] = [];
    const gate = new KeyFrameGate(
      (now) => again.push(now),
      () => Date.now(),
    );
    for (const afterMs of [0, 100, 2_000, 399, 400]) {
      await vi.advanceTimersByTimeAsync(afterMs);
      gate.pass(() => Promise.resolve());
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(again).toEqual([false, true, false, true, false]);
  });

  it('AV-04 says once that a crowd which was held back has come in, when all of it has', async () => {
    const said: string[] = [];
    const gate = new KeyFrameGate(
      (again) => said.push(again ? 'again' : 'asked'),
      () => Date.now(),
    );
    const come = (people: number) => {
      for (let person = 0; person < people; person += 1)
        gate.pass(() => new Promise((resolve) => setTimeout(() => (said.push('in'), resolve()), 10)));
    };
    come(1);
    await vi.advanceTimersByTimeAsync(100);
    come(1);
    await vi.advanceTimersByTimeAsync(600);
    come(1);
    await vi.advanceTimersByTimeAsync(100);
    // They come in together, 300 ms after the last one.
    come(20);
    await vi.advanceTimersByTimeAsync(1_000);
    const one = (word: string) => ['in', word];
    expect(said).toEqual([...one('asked'), ...one('again'), ...one('asked'), ...Array<string>(20).fill('in'), 'again']);
  });

  it('AV-04 forgets who waits when the track is gone', () => {
    const gate = new KeyFrameGate(
      () => undefined,
      () => Date.now(),
    );
    const enter = vi.fn(() => Promise.resolve());
    for (let person = 0; person < 5; person += 1) gate.pass(enter);
    gate.close();
    vi.advanceTimersByTime(5_000);
    expect(enter).toHaveBeenCalledTimes(3);
  });
});
