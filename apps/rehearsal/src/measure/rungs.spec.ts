import { describe, expect, it } from 'vitest';
import { lowestRung, secondsToRung, secondsToStay } from './rungs.js';

const changes = [
  { at: 1_000, what: 'full' },
  { at: 12_500, what: 'few' },
  { at: 13_500, what: 'sound' },
  { at: 40_000, what: 'few' },
  { at: 46_000, what: 'full' },
];

describe('rungs of the ladder', () => {
  it('AV-07 the lowest since a moment counts the one that held then', () => {
    expect(lowestRung(changes, 5_000)).toBe(4);
    expect(lowestRung(changes, 39_000)).toBe(4);
    expect(lowestRung(changes, 41_000)).toBe(2);
    expect(lowestRung(changes, 50_000)).toBe(0);
    expect(lowestRung([], 0)).toBe(0);
  });

  it('AV-07 the way down and the way up are timed from their cause', () => {
    expect(secondsToRung(changes, 12_000, (depth) => depth >= 3)).toBe(1.5);
    expect(secondsToRung(changes, 20_000, (depth) => depth === 0)).toBe(26);
    expect(secondsToRung(changes, 20_000, (depth) => depth >= 3)).toBe(0);
  });

  it('AV-07 a try that failed is no way up', () => {
    const full = (depth: number) => depth === 0;
    const tried = [...changes.slice(0, 3), { at: 20_000, what: 'full' }, { at: 21_000, what: 'sound' }];
    expect(secondsToStay(tried, 20_500, full)).toBeUndefined();
    expect(secondsToStay([...tried, ...changes.slice(3)], 20_500, full)).toBe(25.5);
    expect(secondsToStay(changes, 50_000, full)).toBe(0);
    expect(secondsToStay([], 0, full)).toBeUndefined();
  });

  it('AV-07 what never happened has no time, even on a page that says nothing', () => {
    expect(secondsToRung(changes.slice(0, 3), 20_000, (depth) => depth === 0)).toBeUndefined();
    expect(secondsToRung([], 0, (depth) => depth === 0)).toBeUndefined();
  });
});
