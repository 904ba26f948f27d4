import { z } from 'zod';

/**
 * Everything that a route or a room command can ask for, as `subject.verb`.
 *
 * A permission is granted by a role in the institution (`rolePermissions` in identity), by an enrolment in a course
 * (`courseRolePermissions`) or by both; which role grants what is the server's business and not part of the contract.
 */
export const permissions = [
  // Institution
  'person.list',
  'audit.read',
  'audit.verify',
  // Courses and their people
  'course.view',
  'course.create',
  'course.manage',
  'course.people',
  // Class sessions
  'session.view',
  'session.create',
  'session.edit',
  // The live room
  'room.join',
  'room.open',
  'room.end',
  'room.moderate',
  'room.record',
  'room.speak',
  'room.share',
  'room.chat',
  'room.hand',
  // Recordings
  'recording.view',
  'recording.manage',
] as const;
export const permissionSchema = z.enum(permissions).meta({ id: 'Permission' });
export type Permission = z.infer<typeof permissionSchema>;

/**
 * What an endpoint may name as its access rule: a permission; `signed-in` for what every person of the tenant may do with
 * their own things; `public` for what needs nobody.
 */
export type Access = Permission | 'signed-in' | 'public';
