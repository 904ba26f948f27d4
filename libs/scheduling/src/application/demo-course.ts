import { randomUUID } from 'node:crypto';
import type { CourseRole } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Injectable } from '@nestjs/common';
import { ClassSessionEntity } from '../persistence/class-session.entity.js';
import { CourseEntity } from '../persistence/course.entity.js';
import { EnrolmentEntity } from '../persistence/enrolment.entity.js';

export interface DemoCourse {
  code: string;
  title: string;
  term: string;
  timeZone: string;
  people: readonly { personId: string; role: CourseRole }[];
  /** Titles of its sessions; the first starts in a quarter of an hour, the others a day after each other. */
  sessions: readonly string[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const LENGTH_MINUTES = 90;

/** A course to try the system with. */
@Injectable()
export class DemoCourses {
  /** Creates the course once; one that is there stays as its people have made it. In `ctx`'s write transaction. */
  async ensure(ctx: RequestContext, demo: DemoCourse): Promise<{ courseId: string; created: boolean }> {
    const { tenant, manager } = ctx;
    const { code, title, term } = demo;
    const existing = await manager.findOneBy(CourseEntity, { tenantId: tenant.id, code, term });
    if (existing) return { courseId: existing.id, created: false };
    const base = { tenantId: tenant.id, region: tenant.region };
    const courseId = randomUUID();
    await manager.insert(CourseEntity, {
      ...base,
      id: courseId,
      departmentId: null,
      code,
      title,
      term,
      createdBy: null,
    });
    for (const { personId, role } of demo.people) {
      await manager.insert(EnrolmentEntity, { tenantId: tenant.id, id: randomUUID(), courseId, personId, role });
    }
    const first = nextQuarter(Date.now() + 15 * MINUTE_MS);
    for (const [index, sessionTitle] of demo.sessions.entries()) {
      const startsAt = new Date(first + index * DAY_MS);
      const endsAt = new Date(startsAt.getTime() + LENGTH_MINUTES * MINUTE_MS);
      const { timeZone } = demo;
      const session = { ...base, id: randomUUID(), courseId, title: sessionTitle, startsAt, endsAt, timeZone };
      await manager.insert(ClassSessionEntity, { ...session, recorded: true, createdBy: null });
    }
    return { courseId, created: true };
  }
}

/** Classes start on the quarter hour. */
const nextQuarter = (ms: number) => Math.ceil(ms / (15 * MINUTE_MS)) * 15 * MINUTE_MS;
