import { randomUUID } from 'node:crypto';
import { RequestContext } from '@lyceum/platform/context';
import type { Database } from '@lyceum/platform/database';

/** A tenant of its own with one room that is open, and the seats of some people in it. */
export interface RecordedRoom {
  readonly ctx: RequestContext;
  readonly roomId: string;
  readonly sessionId: string;
  readonly roomOpenedAtMs: number;
  readonly participantIds: readonly string[];
}

/** Rows that a class would have made; `closeRoom` takes the tenant off the list again. */
export async function openRoom(database: Database, region: string, people: number): Promise<RecordedRoom> {
  const [tenantId, courseId, sessionId, roomId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const slug = `recording-${tenantId.slice(0, 8)}`;
  await database.platform((manager) =>
    manager.query('insert into tenant (id, slug, name, realm, region) values ($1, $2, $2, $2, $3)', [
      tenantId,
      slug,
      region,
    ]),
  );
  const ctx = RequestContext.system({ id: tenantId, slug, name: slug, realm: slug, region }, 'recording test');
  const roomOpenedAtMs = Date.now();
  const participantIds = Array.from({ length: people }, () => randomUUID());
  await database.transaction(ctx, 'write', async ({ manager }) => {
    await manager.query(
      `insert into course (tenant_id, id, region, code, title, term) values ($1, $2, $3, 'Econ 210', 'Markets', '2026')`,
      [tenantId, courseId, region],
    );
    await manager.query(
      `insert into class_session (tenant_id, id, region, course_id, title, starts_at, ends_at, time_zone, status, recorded)
       values ($1, $2, $4, $3, 'Elasticity', now(), now() + interval '1 hour', 'UTC', 'live', true)`,
      [tenantId, sessionId, courseId, region],
    );
    await manager.query(
      `insert into room (tenant_id, id, region, course_id, session_id, opened_at)
       values ($1, $2, $6, $3, $4, to_timestamp($5::float8 / 1000))`,
      [tenantId, roomId, courseId, sessionId, roomOpenedAtMs, region],
    );
    for (const participantId of participantIds) {
      const personId = randomUUID();
      await manager.query(
        `insert into person (tenant_id, id, region, subject, username, display_name) values ($1, $2, $4, $3, $3, $3)`,
        [tenantId, personId, personId, region],
      );
      await manager.query(
        `insert into participant (tenant_id, id, room_id, person_id, role) values ($1, $2, $3, $4, 'student')`,
        [tenantId, participantId, roomId, personId],
      );
    }
  });
  return { ctx, roomId, sessionId, roomOpenedAtMs, participantIds };
}

export async function closeRoom(database: Database, room: RecordedRoom): Promise<void> {
  await database.platform((manager) =>
    manager.query('update tenant set closed_at = now() where id = $1', [room.ctx.tenant.id]),
  );
}
