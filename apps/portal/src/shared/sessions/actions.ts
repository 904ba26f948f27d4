import type { ClassSession, CourseRole } from '@lyceum/contracts';

/** What one can do with a session now; at most one of them is the page's first button. */
export type SessionAction = 'start' | 'join' | 'prepare' | 'replay' | 'wait';

/** Students may come this early, to test their devices and wait. */
const EARLY_MS = 15 * 60_000;
/** A teacher may open the room from this long before the hour, in one click from the page. */
const START_MS = 60 * 60_000;

type Part = Pick<ClassSession, 'status' | 'startsAt' | 'endsAt' | 'replay'>;

/** Actions for the reader's role (null: an admin who isn't enrolled) at `now`, the main one first. */
export function sessionActions(session: Part, role: CourseRole | null, now: Date): SessionAction[] {
  const teaches = role === 'instructor' || role === 'ta';
  const until = Date.parse(session.startsAt) - now.getTime();
  switch (session.status) {
    case 'live':
      return role === null ? [] : ['join'];
    case 'planned':
      if (teaches) return until <= START_MS ? ['start', 'prepare'] : ['prepare'];
      return role !== null && until <= EARLY_MS ? ['join'] : [];
    case 'ended':
      if (session.replay === null) return [];
      return session.replay.state === 'ready' ? ['replay'] : ['wait'];
    case 'cancelled':
      return [];
  }
}
