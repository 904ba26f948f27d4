import type { ClassSession } from '@lyceum/contracts';

/** What still comes, from the next one on, also when it was called off; and what lies behind `now`, latest first. */
export function splitTimeline(
  sessions: readonly ClassSession[],
  now: Date,
): { ahead: ClassSession[]; behind: ClassSession[] } {
  const byStart = sessions.toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  const isAhead = ({ status, endsAt }: ClassSession) =>
    status === 'live' || status === 'planned' || (status === 'cancelled' && Date.parse(endsAt) > now.getTime());
  return { ahead: byStart.filter(isAhead), behind: byStart.filter((session) => !isAhead(session)).toReversed() };
}
