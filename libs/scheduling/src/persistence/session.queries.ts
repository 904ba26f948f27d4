import type { CourseRole, SessionStatus } from '@lyceum/contracts';
import type { EntityManager } from 'typeorm';
import type { Reader } from './course.queries.js';

/** A session with its course and the reader's part in it. */
export interface SessionRow {
  id: string;
  course_id: string;
  number: number | null;
  title: string;
  starts_at: Date;
  ends_at: Date;
  time_zone: string;
  status: SessionStatus;
  recorded: boolean;
  course_code: string;
  course_title: string;
  course_sessions: number;
  enrolled: number;
  my_role: CourseRole | null;
}

/** `$1` person, `$2` whether they see every course. A session's number is its place by time among those not cancelled. */
const visibleSessions = `
  with numbered as (
    select s.*,
           c.code as course_code, c.title as course_title, mine.role as my_role,
           case when s.status <> 'cancelled' then
             (count(*) filter (where s.status <> 'cancelled')
               over (partition by s.course_id order by s.starts_at, s.id))::int
           end as number,
           (count(*) filter (where s.status <> 'cancelled') over (partition by s.course_id))::int as course_sessions
      from class_session s
      join course c on c.tenant_id = s.tenant_id and c.id = s.course_id
      left join enrolment mine on mine.tenant_id = c.tenant_id and mine.course_id = c.id and mine.person_id = $1
     where s.tenant_id = lyceum_tenant() and ($2 or mine.id is not null)
  )
  select n.id, n.course_id, n.number, n.title, n.starts_at, n.ends_at, n.time_zone, n.status, n.recorded,
         n.course_code, n.course_title, n.course_sessions, n.my_role,
         (select count(*)::int from enrolment e where e.tenant_id = n.tenant_id and e.course_id = n.course_id) as enrolled
    from numbered n`;

const select = (manager: EntityManager, reader: Reader, tail: string, parameters: unknown[]) =>
  manager.query<SessionRow[]>(`${visibleSessions} ${tail}`, [reader.personId, reader.all, ...parameters]);

export async function selectSession(
  manager: EntityManager,
  reader: Reader,
  sessionId: string,
): Promise<SessionRow | undefined> {
  const tail = 'where n.course_id = (select course_id from class_session where id = $3) and n.id = $3';
  return (await select(manager, reader, tail, [sessionId]))[0];
}

/** Every session of a course by time. */
export function selectTimeline(manager: EntityManager, reader: Reader, courseId: string): Promise<SessionRow[]> {
  return select(manager, reader, 'where n.course_id = $3 order by n.starts_at, n.id', [courseId]);
}

/** Live ones first, then planned ones that aren't over, by time. */
export function selectAhead(manager: EntityManager, reader: Reader, until: Date, limit: number): Promise<SessionRow[]> {
  return select(
    manager,
    reader,
    `where n.status = 'live' or (n.status = 'planned' and n.ends_at > now() and n.starts_at <= $3)
     order by n.status = 'live' desc, n.starts_at, n.id limit $4`,
    [until, limit],
  );
}

/** Ended ones, the last first. */
export function selectBehind(
  manager: EntityManager,
  reader: Reader,
  since: Date,
  limit: number,
): Promise<SessionRow[]> {
  return select(
    manager,
    reader,
    `where n.status = 'ended' and n.closed_at >= $3 order by n.closed_at desc, n.id limit $4`,
    [since, limit],
  );
}
