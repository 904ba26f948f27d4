import type { ClassSession } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { splitTimeline } from './timeline.js';

const now = new Date('2026-11-24T12:00:00Z');

function session(id: string, day: number, status: ClassSession['status']): ClassSession {
  const date = `2026-11-${String(day).padStart(2, '0')}`;
  return {
    id,
    courseId: 'course',
    number: null,
    title: id,
    startsAt: `${date}T10:00:00Z`,
    endsAt: `${date}T11:00:00Z`,
    timeZone: 'UTC',
    status,
    recorded: true,
    replay: null,
  };
}

const ids = (sessions: readonly ClassSession[]) => sessions.map(({ id }) => id);

describe('AP-01 a course shows its sessions around today', () => {
  it('AP-01 has the next one first and the latest of the past first', () => {
    const { ahead, behind } = splitTimeline(
      [
        session('far', 30, 'planned'),
        session('old', 3, 'ended'),
        session('next', 25, 'planned'),
        session('late', 20, 'ended'),
      ],
      now,
    );
    expect(ids(ahead)).toEqual(['next', 'far']);
    expect(ids(behind)).toEqual(['late', 'old']);
  });

  it('AP-01 leaves a called-off session at its date: ahead while it would still come, behind after it', () => {
    const { ahead, behind } = splitTimeline([session('gone', 20, 'cancelled'), session('off', 26, 'cancelled')], now);
    expect(ids(ahead)).toEqual(['off']);
    expect(ids(behind)).toEqual(['gone']);
  });

  it('AP-01 keeps an overdue session that nobody started among those that may still be started', () => {
    expect(ids(splitTimeline([session('overdue', 23, 'planned')], now).ahead)).toEqual(['overdue']);
  });
});
