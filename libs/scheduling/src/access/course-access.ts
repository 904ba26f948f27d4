import type { CourseRole, Permission } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { commonError, notFound } from '@lyceum/platform/errors';
import { Injectable } from '@nestjs/common';
import { selectCourses, type CourseRow } from '../persistence/course.queries.js';
import { courseRolePermissions } from './course-permissions.js';
import { readerOf, type ActingReader } from './reader.js';

export interface CourseGrant {
  course: CourseRow;
  role: CourseRole | null;
  permissions: ReadonlySet<Permission>;
}

/** The only way to a course. */
@Injectable()
export class CourseAccess {
  /**
   * Finds a course for the actor of `ctx`, in its transaction.
   * @throws RESOURCE.NOT_FOUND when there is none, it is another institution's, or the actor has nothing to do with it;
   *   AUTH.FORBIDDEN when they know it but may not do this.
   */
  async requireCourse(ctx: RequestContext, courseId: string, permission: Permission): Promise<CourseGrant> {
    const reader = readerOf(ctx);
    const [course] = await selectCourses(ctx.manager, reader, courseId);
    if (!course) throw notFound('course', courseId);
    const permissions = effectivePermissions(reader, course.my_role);
    if (!permissions.has(permission))
      throw commonError('AUTH.FORBIDDEN', { meta: { permission, kind: 'course', id: courseId } });
    return { course, role: course.my_role, permissions };
  }
}

/** What the roles in the institution and the enrolment grant together. */
export function effectivePermissions(reader: ActingReader, role: CourseRole | null): ReadonlySet<Permission> {
  return role === null ? reader.institution : new Set([...reader.institution, ...courseRolePermissions[role]]);
}
