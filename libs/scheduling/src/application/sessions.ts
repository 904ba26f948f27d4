import { randomUUID } from 'node:crypto';
import type { NewSession, SessionChange, SessionDetail, SessionStatus } from '@lyceum/contracts';
import { Audit } from '@lyceum/platform/audit';
import type { RequestContext } from '@lyceum/platform/context';
import { notFound } from '@lyceum/platform/errors';
import { Injectable } from '@nestjs/common';
import { CourseAccess } from '../access/course-access.js';
import { readerOf } from '../access/reader.js';
import { SessionAccess } from '../access/session-access.js';
import { schedulingError } from '../domain/errors.js';
import { canBecome } from '../domain/session-life.js';
import { checkTimes } from '../domain/session-times.js';
import { ClassSessionEntity } from '../persistence/class-session.entity.js';
import { insertOnce } from '../persistence/insert-once.js';
import { toSessionCard } from '../persistence/session.mapper.js';
import { selectSession } from '../persistence/session.queries.js';
import { Replays } from './replays.js';

/** Class sessions. Every method runs in the transaction of its context. */
@Injectable()
export class Sessions {
  constructor(
    private readonly courses: CourseAccess,
    private readonly access: SessionAccess,
    private readonly replays: Replays,
    private readonly audit: Audit,
  ) {}

  async detail(ctx: RequestContext, sessionId: string): Promise<SessionDetail> {
    const { permissions } = await this.access.requireSession(ctx, sessionId, 'session.view');
    const row = await selectSession(ctx.manager, readerOf(ctx), sessionId);
    if (!row) throw notFound('session', sessionId);
    const replays = await this.replays.statesOf(ctx, [row]);
    return { ...toSessionCard(row, replays), permissions: [...permissions].sort() };
  }

  /**
   * Schedules a session under the given id; one that is there under it already stays, so that a request can be repeated.
   * @throws SESSION.TIMES
   */
  async create(
    ctx: RequestContext,
    courseId: string,
    input: NewSession,
    id: string = randomUUID(),
  ): Promise<SessionDetail> {
    await this.courses.requireCourse(ctx, courseId, 'session.create');
    const times = { startsAt: new Date(input.startsAt), endsAt: new Date(input.endsAt) };
    checkTimes(times);
    const { tenant, actor } = ctx;
    const created = await insertOnce(ctx.manager, ClassSessionEntity, {
      tenantId: tenant.id,
      id,
      region: tenant.region,
      courseId,
      title: input.title,
      ...times,
      timeZone: input.timeZone,
      recorded: input.recorded,
      createdBy: actor.kind === 'person' ? actor.personId : null,
    });
    if (created) await this.#record(ctx, 'session.scheduled', id);
    return this.detail(ctx, id);
  }

  /**
   * Changes a session that hasn't begun. The title may still change afterwards; times, recording and place in the plan are
   * facts by then.
   * @throws SESSION.FIXED, SESSION.TIMES
   */
  async change(ctx: RequestContext, sessionId: string, change: SessionChange): Promise<SessionDetail> {
    await this.access.requireSession(ctx, sessionId, 'session.edit');
    const session = await this.#lock(ctx, sessionId);
    const { title, status, ...plan } = change;
    const begun = session.status === 'live' || session.status === 'ended';
    if (begun && Object.keys(plan).length > 0) throw schedulingError('SESSION.FIXED');
    if (status !== undefined && status !== session.status && !canBecome(session.status, status)) {
      throw schedulingError('SESSION.FIXED');
    }
    const times = {
      startsAt: plan.startsAt === undefined ? session.startsAt : new Date(plan.startsAt),
      endsAt: plan.endsAt === undefined ? session.endsAt : new Date(plan.endsAt),
    };
    checkTimes(times);
    await ctx.manager.update(ClassSessionEntity, keyOf(session), {
      ...plan,
      ...times,
      title: title ?? session.title,
      status: status ?? session.status,
    });
    await this.#record(ctx, status === 'cancelled' ? 'session.cancelled' : 'session.changed', sessionId);
    return this.detail(ctx, sessionId);
  }

  /** The room was opened at `at`. Called by classroom, again as often as it likes. @throws SESSION.FIXED when it is over. */
  async markLive(ctx: RequestContext, sessionId: string, at: Date): Promise<void> {
    await this.#become(ctx, sessionId, 'live', { openedAt: at });
  }

  /** The room was ended at `at`. Called by classroom, again as often as it likes. @throws SESSION.FIXED before it began. */
  async markEnded(ctx: RequestContext, sessionId: string, at: Date): Promise<void> {
    await this.#become(ctx, sessionId, 'ended', { closedAt: at });
  }

  async #become(
    ctx: RequestContext,
    sessionId: string,
    status: SessionStatus,
    moment: { openedAt: Date } | { closedAt: Date },
  ): Promise<void> {
    const session = await this.#lock(ctx, sessionId);
    if (session.status === status) return;
    if (!canBecome(session.status, status)) throw schedulingError('SESSION.FIXED', { meta: { sessionId } });
    await ctx.manager.update(ClassSessionEntity, keyOf(session), { status, ...moment });
    await this.#record(ctx, `session.${status}`, sessionId);
  }

  /** The row as it is now and stays until the transaction ends. */
  async #lock(ctx: RequestContext, id: string): Promise<ClassSessionEntity> {
    const where = { tenantId: ctx.tenant.id, id };
    const session = await ctx.manager.findOne(ClassSessionEntity, { where, lock: { mode: 'for_no_key_update' } });
    if (!session) throw notFound('session', id);
    return session;
  }

  async #record(ctx: RequestContext, action: string, id: string): Promise<void> {
    await this.audit.record(ctx, { action, target: { kind: 'session', id }, outcome: 'done' });
  }
}

const keyOf = ({ tenantId, id }: ClassSessionEntity) => ({ tenantId, id });
