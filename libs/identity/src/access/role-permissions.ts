import type { Permission, Role } from '@lyceum/contracts';

const programManager: readonly Permission[] = [
  'person.list',
  'course.view',
  'course.create',
  'course.manage',
  'course.people',
  'session.view',
  'session.create',
  'session.edit',
];

/**
 * What a role grants in the whole institution. Rooms and recordings of a course come with an enrolment in it: nobody's
 * rank alone lets them walk into a class. An admin answers for recordings, so may see to them; each look is audited.
 */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  admin: [...programManager, 'audit.read', 'audit.verify', 'recording.view', 'recording.manage'],
  'program-manager': programManager,
  instructor: [],
  student: [],
};

/** Sum of the roles' permissions. Someone with no role of ours has none. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role) => rolePermissions[role]));
}
