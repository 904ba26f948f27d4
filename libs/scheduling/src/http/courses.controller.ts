import {
  courseDetailSchema,
  courseListSchema,
  courseParamsSchema,
  coursePeopleSchema,
  coursePersonParamsSchema,
  enrolmentSchema,
  newCourseSchema,
  newSessionSchema,
  sessionDetailSchema,
} from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import {
  Ctx,
  Endpoint,
  endpoint,
  Http,
  Input,
  TenantController,
  type HttpExchange,
  type InputOf,
} from '@lyceum/platform/http';
import { Courses } from '../application/courses.js';
import { Enrolments } from '../application/enrolments.js';
import { Sessions } from '../application/sessions.js';
import { idOfNew } from './idempotency.js';

const list = endpoint({
  method: 'GET',
  path: '',
  permission: 'signed-in',
  response: courseListSchema,
  summary: "The reader's courses; all of them for those who run the institution",
});

const create = endpoint({
  method: 'POST',
  path: '',
  permission: 'course.create',
  body: newCourseSchema,
  response: courseDetailSchema,
  summary: 'Create a course; an Idempotency-Key makes it safe to repeat',
});

const detail = endpoint({
  method: 'GET',
  path: ':courseId',
  permission: 'course.view',
  params: courseParamsSchema,
  response: courseDetailSchema,
  summary: 'A course with its sessions',
});

const people = endpoint({
  method: 'GET',
  path: ':courseId/people',
  permission: 'course.people',
  params: courseParamsSchema,
  response: coursePeopleSchema,
  summary: 'Who is in a course',
});

const enrol = endpoint({
  method: 'PUT',
  path: ':courseId/people/:personId',
  permission: 'course.manage',
  params: coursePersonParamsSchema,
  body: enrolmentSchema,
  response: coursePeopleSchema,
  summary: 'Enrol a person, or change their role in the course',
});

const remove = endpoint({
  method: 'DELETE',
  path: ':courseId/people/:personId',
  permission: 'course.manage',
  params: coursePersonParamsSchema,
  response: coursePeopleSchema,
  summary: 'Take a person out of a course',
});

const schedule = endpoint({
  method: 'POST',
  path: ':courseId/sessions',
  permission: 'session.create',
  params: courseParamsSchema,
  body: newSessionSchema,
  response: sessionDetailSchema,
  summary: 'Schedule a class session; an Idempotency-Key makes it safe to repeat',
});

/** Courses, their people and their plan. */
@TenantController('courses')
export class CoursesController {
  constructor(
    private readonly courses: Courses,
    private readonly enrolments: Enrolments,
    private readonly sessions: Sessions,
  ) {}

  @Endpoint(list)
  list(@Ctx() ctx: RequestContext) {
    return this.courses.list(ctx);
  }

  @Endpoint(create)
  create(@Ctx() ctx: RequestContext, @Input() { body }: InputOf<typeof create>, @Http() { request }: HttpExchange) {
    return this.courses.create(ctx, body, idOfNew(ctx, request.headers, 'course'));
  }

  @Endpoint(detail)
  detail(@Ctx() ctx: RequestContext, @Input() { params }: InputOf<typeof detail>) {
    return this.courses.detail(ctx, params.courseId);
  }

  @Endpoint(people)
  people(@Ctx() ctx: RequestContext, @Input() { params }: InputOf<typeof people>) {
    return this.courses.people(ctx, params.courseId);
  }

  @Endpoint(enrol)
  enrol(@Ctx() ctx: RequestContext, @Input() { params, body }: InputOf<typeof enrol>) {
    return this.enrolments.put(ctx, params.courseId, params.personId, body.role);
  }

  @Endpoint(remove)
  remove(@Ctx() ctx: RequestContext, @Input() { params }: InputOf<typeof remove>) {
    return this.enrolments.remove(ctx, params.courseId, params.personId);
  }

  @Endpoint(schedule)
  schedule(
    @Ctx() ctx: RequestContext,
    @Input() { params, body }: InputOf<typeof schedule>,
    @Http() { request }: HttpExchange,
  ) {
    const id = idOfNew(ctx, request.headers, `session of ${params.courseId}`);
    return this.sessions.create(ctx, params.courseId, body, id);
  }
}
