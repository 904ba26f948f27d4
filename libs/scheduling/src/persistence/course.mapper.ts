import type { CourseSummary } from '@lyceum/contracts';
import type { CourseRow } from './course.queries.js';

export function toCourseSummary(row: CourseRow): CourseSummary {
  return {
    id: row.id,
    code: row.code,
    title: row.title,
    term: row.term,
    department: row.department,
    myRole: row.my_role,
    enrolled: row.enrolled,
    sessions: row.sessions,
  };
}
