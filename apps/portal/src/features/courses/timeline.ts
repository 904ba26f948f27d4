import type { ClassSession } from '@lyceum/contracts';

/** Live and planned sessions from the next one on, and what lies behind, latest first. */
export function splitTimeline(sessions: readonly ClassSession[]): { ahead: ClassSession[]; behind: ClassSession[] } {
  const byStart = sessions.toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  const isAhead = (session: ClassSession) => session.status === 'live' || session.status === 'planned';
  return { ahead: byStart.filter(isAhead), behind: byStart.filter((session) => !isAhead(session)).toReversed() };
}
