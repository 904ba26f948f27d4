import type { CoursePerson, CourseRole } from '@lyceum/contracts';
import type { EntityManager } from 'typeorm';

export interface CourseRow {
  id: string;
  code: string;
  title: string;
  term: string;
  department: string | null;
  my_role: CourseRole | null;
  enrolled: number;
  sessions: number;
}

/** Whose eyes a list is read with: their own courses, or (`all`) every course of the institution. */
export interface Reader {
  personId: string;
  all: boolean;
}

/** Courses by code; with `courseId` that one alone, or none when the reader may not know of it. */
export async function selectCourses(manager: EntityManager, reader: Reader, courseId?: string): Promise<CourseRow[]> {
  return manager.query<CourseRow[]>(
    `select c.id, c.code, c.title, c.term, d.name as department, mine.role as my_role,
            (select count(*)::int from enrolment e where e.tenant_id = c.tenant_id and e.course_id = c.id) as enrolled,
            (select count(*)::int from class_session s
              where s.tenant_id = c.tenant_id and s.course_id = c.id and s.status <> 'cancelled') as sessions
       from course c
       left join department d on d.tenant_id = c.tenant_id and d.id = c.department_id
       left join enrolment mine on mine.tenant_id = c.tenant_id and mine.course_id = c.id and mine.person_id = $1
      where c.tenant_id = lyceum_tenant()
        and ($2 or mine.id is not null)
        and ($3::uuid is null or c.id = $3)
      order by c.code, c.term, c.id`,
    [reader.personId, reader.all, courseId ?? null],
  );
}

/** Instructors, then teaching assistants, then students, each by name. */
export async function selectCoursePeople(manager: EntityManager, courseId: string): Promise<CoursePerson[]> {
  return manager.query<CoursePerson[]>(
    `select p.id, p.display_name as "displayName", e.role
       from enrolment e join person p on p.tenant_id = e.tenant_id and p.id = e.person_id
      where e.tenant_id = lyceum_tenant() and e.course_id = $1
      order by array_position(array['instructor', 'ta', 'student'], e.role), p.display_name, p.id`,
    [courseId],
  );
}
