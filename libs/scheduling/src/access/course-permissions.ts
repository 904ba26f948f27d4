import type { CourseRole, Permission } from '@lyceum/contracts';

const student: readonly Permission[] = [
  'course.view',
  'course.people',
  'session.view',
  'room.join',
  'room.speak',
  'room.share',
  'room.chat',
  'room.hand',
  'recording.view',
];

/** A teaching assistant runs the room but neither ends the class nor changes the course. */
const ta: readonly Permission[] = [...student, 'session.edit', 'room.open', 'room.moderate', 'room.record'];

const instructor: readonly Permission[] = [...ta, 'course.manage', 'session.create', 'room.end', 'recording.manage'];

/** What an enrolment grants, in that course and nowhere else. */
export const courseRolePermissions: Readonly<Record<CourseRole, readonly Permission[]>> = { student, ta, instructor };
