import { describe, expect, it } from 'vitest';
import { sessionActions } from './actions.js';

const at = (minutes: number) => new Date(Date.parse('2026-11-24T10:00:00Z') + minutes * 60_000);
const session = (change: object) => ({
  status: 'planned' as const,
  startsAt: at(0).toISOString(),
  endsAt: at(90).toISOString(),
  replay: null,
  ...change,
});

describe('CF-11 what one can do with a session', () => {
  it('CF-11 lets a teacher prepare early and start from an hour before', () => {
    expect(sessionActions(session({}), 'instructor', at(-120))).toEqual(['prepare']);
    expect(sessionActions(session({}), 'ta', at(-12))).toEqual(['start', 'prepare']);
    expect(sessionActions(session({}), 'instructor', at(300))).toEqual(['start', 'prepare']);
  });

  it('AV-01 lets a student in a quarter of an hour before, and whenever the class is live', () => {
    expect(sessionActions(session({}), 'student', at(-16))).toEqual([]);
    expect(sessionActions(session({}), 'student', at(-15))).toEqual(['join']);
    expect(sessionActions(session({ status: 'live' }), 'student', at(-60))).toEqual(['join']);
  });

  it('CF-06 offers an admin who is not enrolled no seat', () => {
    expect(sessionActions(session({ status: 'live' }), null, at(0))).toEqual([]);
    expect(sessionActions(session({}), null, at(0))).toEqual([]);
  });

  it('RE-02 offers the replay once there is something to watch', () => {
    const ended = (replay: object | null) =>
      sessionActions(session({ status: 'ended', replay }) as never, 'student', at(95));
    expect(ended(null)).toEqual([]);
    expect(ended({ state: 'preparing', durationMs: null })).toEqual(['wait']);
    expect(ended({ state: 'ready', durationMs: 1000 })).toEqual(['replay']);
  });

  it('CF-11 offers nothing for what was cancelled', () => {
    expect(sessionActions(session({ status: 'cancelled' }), 'instructor', at(0))).toEqual([]);
  });
});
