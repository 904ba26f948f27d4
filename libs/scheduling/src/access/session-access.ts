import type { CourseRole, Permission } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { commonError, notFound } from '@lyceum/platform/errors';
import { Injectable } from '@nestjs/common';
import { selectSession } from '../persistence/session.queries.js';
import { toSessionFacts, type SessionFacts } from '../persistence/session.mapper.js';
import { effectivePermissions } from './course-access.js';
import { readerOf } from './reader.js';

export interface SessionGrant {
  session: SessionFacts;
  course: { id: string; code: string; title: string };
  role: CourseRole | null;
  permissions: ReadonlySet<Permission>;
}

/** The only way to a class session. */
@Injectable()
export class SessionAccess {
  /**
   * Finds a class session for the actor of `ctx`, in its transaction.
   * @throws RESOURCE.NOT_FOUND when there is none, it is another institution's, or the actor has nothing to do with its
   *   course; AUTH.FORBIDDEN when they know it but may not do this.
   */
  async requireSession(ctx: RequestContext, sessionId: string, permission: Permission): Promise<SessionGrant> {
    const reader = readerOf(ctx);
    const row = await selectSession(ctx.manager, reader, sessionId);
    if (!row) throw notFound('session', sessionId);
    const permissions = effectivePermissions(reader, row.my_role);
    if (!permissions.has(permission))
      throw commonError('AUTH.FORBIDDEN', { meta: { permission, kind: 'session', id: sessionId } });
    const course = { id: row.course_id, code: row.course_code, title: row.course_title };
    return { session: toSessionFacts(row), course, role: row.my_role, permissions };
  }
}
