import { describe, expect, it } from 'vitest';
import { checkTimes } from './session-times.js';

const at = (iso: string) => new Date(iso);

describe('CF-11 times of a class session', () => {
  it.each([
    ['2026-11-22T10:00Z', '2026-11-22T10:01Z'],
    ['2026-11-22T10:00Z', '2026-11-23T10:00Z'],
  ])('%s to %s are fine', (startsAt, endsAt) => {
    expect(() => checkTimes({ startsAt: at(startsAt), endsAt: at(endsAt) })).not.toThrow();
  });
  it.each([
    ['2026-11-22T10:00Z', '2026-11-22T10:00Z'],
    ['2026-11-22T10:00Z', '2026-11-22T09:00Z'],
    ['2026-11-22T10:00Z', '2026-11-23T10:01Z'],
    ['2026-11-22T10:00Z', 'no date'],
  ])('%s to %s are not', (startsAt, endsAt) => {
    expect(() => checkTimes({ startsAt: at(startsAt), endsAt: at(endsAt) })).toThrow('SESSION.TIMES');
  });
});
