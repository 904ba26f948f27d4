import type { ClassSession, ReplayState, SessionCard, SessionStatus } from '@lyceum/contracts';
import type { SessionRow } from './session.queries.js';

/** A class session as other domains see it. */
export interface SessionFacts {
  id: string;
  courseId: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  status: SessionStatus;
  recorded: boolean;
}

export function toSessionFacts(row: SessionRow): SessionFacts {
  return {
    id: row.id,
    courseId: row.course_id,
    title: row.title,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    timeZone: row.time_zone,
    status: row.status,
    recorded: row.recorded,
  };
}

export function toClassSession(row: SessionRow, replays: ReadonlyMap<string, ReplayState>): ClassSession {
  return {
    id: row.id,
    courseId: row.course_id,
    number: row.number,
    title: row.title,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    timeZone: row.time_zone,
    status: row.status,
    recorded: row.recorded,
    replay: replays.get(row.id) ?? null,
  };
}

export function toSessionCard(row: SessionRow, replays: ReadonlyMap<string, ReplayState>): SessionCard {
  return {
    ...toClassSession(row, replays),
    course: { id: row.course_id, code: row.course_code, title: row.course_title, sessions: row.course_sessions },
    enrolled: row.enrolled,
    myRole: row.my_role,
  };
}
