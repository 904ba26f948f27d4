import { randomUUID } from 'node:crypto';
import type { CoursePeople, CourseRole } from '@lyceum/contracts';
import { Audit } from '@lyceum/platform/audit';
import type { RequestContext } from '@lyceum/platform/context';
import { notFound } from '@lyceum/platform/errors';
import { People } from '@lyceum/tenancy';
import { Injectable } from '@nestjs/common';
import { CourseAccess } from '../access/course-access.js';
import { schedulingError } from '../domain/errors.js';
import { selectCoursePeople } from '../persistence/course.queries.js';
import { EnrolmentEntity } from '../persistence/enrolment.entity.js';

/** Who is in a course. Every method runs in the write transaction of its context. */
@Injectable()
export class Enrolments {
  constructor(
    private readonly access: CourseAccess,
    private readonly people: People,
    private readonly audit: Audit,
  ) {}

  /** Enrols a person, or changes the role of someone enrolled. @returns the course's people as they are now. */
  async put(ctx: RequestContext, courseId: string, personId: string, role: CourseRole): Promise<CoursePeople> {
    await this.#requireAlone(ctx, courseId);
    await this.people.require(ctx, personId);
    await ctx.manager
      .createQueryBuilder()
      .insert()
      .into(EnrolmentEntity)
      .values({ tenantId: ctx.tenant.id, id: randomUUID(), courseId, personId, role })
      .orUpdate(['role'], ['tenant_id', 'course_id', 'person_id'])
      .updateEntity(false)
      .execute();
    return this.#finish(ctx, courseId, personId, 'enrolment.put');
  }

  /** @throws COURSE.LAST_INSTRUCTOR */
  async remove(ctx: RequestContext, courseId: string, personId: string): Promise<CoursePeople> {
    await this.#requireAlone(ctx, courseId);
    const removed = await ctx.manager.delete(EnrolmentEntity, { tenantId: ctx.tenant.id, courseId, personId });
    if (!removed.affected) throw notFound('enrolment');
    return this.#finish(ctx, courseId, personId, 'enrolment.removed');
  }

  /** Two changes at once could each leave the other's instructor: the lock makes the second one see the first. */
  async #requireAlone(ctx: RequestContext, courseId: string): Promise<void> {
    await this.access.requireCourse(ctx, courseId, 'course.manage');
    await ctx.manager.query('select 1 from course where tenant_id = lyceum_tenant() and id = $1 for no key update', [
      courseId,
    ]);
  }

  async #finish(ctx: RequestContext, courseId: string, personId: string, action: string): Promise<CoursePeople> {
    const items = await selectCoursePeople(ctx.manager, courseId);
    if (!items.some((person) => person.role === 'instructor')) throw schedulingError('COURSE.LAST_INSTRUCTOR');
    await this.audit.record(ctx, {
      action,
      target: { kind: 'course', id: courseId },
      outcome: 'done',
      detail: { personId },
    });
    return { items };
  }
}
