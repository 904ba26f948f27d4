import { randomUUID } from 'node:crypto';
import type { CourseDetail, CourseList, CoursePeople, NewCourse } from '@lyceum/contracts';
import { Audit } from '@lyceum/platform/audit';
import type { RequestContext } from '@lyceum/platform/context';
import { Injectable } from '@nestjs/common';
import { CourseAccess } from '../access/course-access.js';
import { readerOf } from '../access/reader.js';
import { schedulingError } from '../domain/errors.js';
import { CourseEntity } from '../persistence/course.entity.js';
import { toCourseSummary } from '../persistence/course.mapper.js';
import { selectCoursePeople, selectCourses } from '../persistence/course.queries.js';
import { insertOnce } from '../persistence/insert-once.js';
import { toClassSession } from '../persistence/session.mapper.js';
import { selectTimeline } from '../persistence/session.queries.js';
import { Replays } from './replays.js';

/** Courses and what is in them. Every method runs in the transaction of its context. */
@Injectable()
export class Courses {
  constructor(
    private readonly access: CourseAccess,
    private readonly replays: Replays,
    private readonly audit: Audit,
  ) {}

  /** The reader's own courses; all of them for those who run the institution. */
  async list(ctx: RequestContext): Promise<CourseList> {
    return { items: (await selectCourses(ctx.manager, readerOf(ctx))).map(toCourseSummary) };
  }

  async detail(ctx: RequestContext, courseId: string): Promise<CourseDetail> {
    const { course, permissions } = await this.access.requireCourse(ctx, courseId, 'course.view');
    const timeline = await selectTimeline(ctx.manager, readerOf(ctx), courseId);
    const replays = await this.replays.statesOf(ctx, timeline);
    const people = await selectCoursePeople(ctx.manager, courseId);
    return {
      ...toCourseSummary(course),
      permissions: [...permissions].sort(),
      instructors: people
        .filter((person) => person.role === 'instructor')
        .map(({ id, displayName }) => ({ id, displayName })),
      timeline: timeline.map((row) => toClassSession(row, replays)),
    };
  }

  async people(ctx: RequestContext, courseId: string): Promise<CoursePeople> {
    await this.access.requireCourse(ctx, courseId, 'course.people');
    return { items: await selectCoursePeople(ctx.manager, courseId) };
  }

  /**
   * Creates a course under the given id; one that is there under it already stays, so that a request can be repeated.
   * @throws COURSE.CODE_TAKEN
   */
  async create(ctx: RequestContext, course: NewCourse, id: string = randomUUID()): Promise<CourseDetail> {
    const { actor, tenant } = ctx;
    const created = await insertOnce(ctx.manager, CourseEntity, {
      tenantId: tenant.id,
      id,
      region: tenant.region,
      departmentId: null,
      ...course,
      createdBy: actor.kind === 'person' ? actor.personId : null,
    });
    if (created) {
      await this.audit.record(ctx, { action: 'course.created', target: { kind: 'course', id }, outcome: 'done' });
    } else if (!(await ctx.manager.existsBy(CourseEntity, { tenantId: tenant.id, id }))) {
      throw schedulingError('COURSE.CODE_TAKEN');
    }
    return this.detail(ctx, id);
  }
}
