import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@lyceum/platform/context';
import { RoomEntity } from './entities.js';

/** A room's row as the domain sees it. Times are server clock, ms since the Unix epoch. */
export interface RoomRow {
  readonly id: string;
  readonly sessionId: string;
  readonly courseId: string;
  /** Whether the class is recorded from the first host's join on. */
  readonly recorded: boolean;
  readonly head: number;
  readonly lastAt: number;
  readonly openedAt: number | null;
  readonly endedAt: number | null;
}

const toRow = (entity: RoomEntity): RoomRow => ({
  id: entity.id,
  sessionId: entity.sessionId,
  courseId: entity.courseId,
  recorded: entity.recorded,
  head: entity.head,
  lastAt: entity.lastAt.getTime(),
  openedAt: entity.openedAt?.getTime() ?? null,
  endedAt: entity.endedAt?.getTime() ?? null,
});

interface LockedRow {
  id: string;
  session_id: string;
  course_id: string;
  recorded: boolean;
  head: number;
  last_at: Date;
  opened_at: Date | null;
  ended_at: Date | null;
}

/** Rows of `room`. Everything runs in the transaction of `ctx`, so row level security names the tenant. */
@Injectable()
export class RoomRows {
  async find(ctx: RequestContext, roomId: string): Promise<RoomRow | null> {
    const entity = await ctx.manager.findOneBy(RoomEntity, { tenantId: ctx.tenant.id, id: roomId });
    return entity && toRow(entity);
  }

  async findBySession(ctx: RequestContext, sessionId: string): Promise<RoomRow | null> {
    const entity = await ctx.manager.findOneBy(RoomEntity, { tenantId: ctx.tenant.id, sessionId });
    return entity && toRow(entity);
  }

  /** Takes the room's lock: until the transaction ends nobody else numbers an event of it. */
  async lock(ctx: RequestContext, roomId: string): Promise<RoomRow | null> {
    const [row] = await ctx.manager.query<LockedRow[]>(
      `select id, session_id, course_id, recorded, head, last_at, opened_at, ended_at from room
       where tenant_id = $1 and id = $2 for update`,
      [ctx.tenant.id, roomId],
    );
    if (!row) return null;
    const { id, session_id: sessionId, course_id: courseId, recorded, head } = row;
    const [lastAt, openedAt, endedAt] = [row.last_at.getTime(), ms(row.opened_at), ms(row.ended_at)];
    return { id, sessionId, courseId, recorded, head, lastAt, openedAt, endedAt };
  }

  /** Makes the room of a session that has none, at its first join; two joins at once get the same one. */
  async create(ctx: RequestContext, session: { id: string; courseId: string; recorded: boolean }): Promise<RoomRow> {
    const { id: tenantId, region } = ctx.tenant;
    await ctx.manager.query(
      `insert into room (tenant_id, id, region, course_id, session_id, recorded) values ($1, $2, $3, $4, $5, $6)
       on conflict (tenant_id, session_id) do nothing`,
      [tenantId, randomUUID(), region, session.courseId, session.id, session.recorded],
    );
    const row = await this.findBySession(ctx, session.id);
    if (!row) throw new Error('the room that was just made is not there');
    return row;
  }

  /** Takes over what the session says of recording, until the room is opened. */
  async setRecorded(ctx: RequestContext, roomId: string, recorded: boolean): Promise<void> {
    await ctx.manager.query(
      'update room set recorded = $3 where tenant_id = $1 and id = $2 and opened_at is null and recorded <> $3',
      [ctx.tenant.id, roomId, recorded],
    );
  }

  /** A number above all that were taken before, whoever took them. Not part of the transaction: it never waits. */
  async nextWantedVersion(ctx: RequestContext): Promise<number> {
    const [row] = await ctx.manager.query<{ version: string }[]>(`select nextval('room_wanted_version') as version`);
    return Number(row?.version);
  }

  /** Number of the last event by room; rooms that are not there are missing. */
  async heads(ctx: RequestContext, roomIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await ctx.manager.query<{ id: string; head: number }[]>(
      'select id, head from room where tenant_id = $1 and id = any($2)',
      [ctx.tenant.id, roomIds],
    );
    return new Map(rows.map((row) => [row.id, row.head]));
  }

  /** Rooms that are open, and those that ended within `endedWithinMs`: media may not have heard of the end. */
  async current(ctx: RequestContext, endedWithinMs: number): Promise<string[]> {
    const rows = await ctx.manager.query<{ id: string }[]>(
      `select id from room where tenant_id = $1 and opened_at is not null
         and (ended_at is null or ended_at > now() - $2 * interval '1 millisecond')`,
      [ctx.tenant.id, endedWithinMs],
    );
    return rows.map((row) => row.id);
  }

  /** Open rooms without anyone present and without an event for `quietMs`. */
  async abandoned(ctx: RequestContext, quietMs: number): Promise<string[]> {
    const rows = await ctx.manager.query<{ id: string }[]>(
      `select r.id from room r where r.tenant_id = $1 and r.ended_at is null and r.opened_at is not null
         and r.last_at < now() - $2 * interval '1 millisecond'
         and not exists (select from participant p where p.tenant_id = r.tenant_id and p.room_id = r.id and p.present)`,
      [ctx.tenant.id, quietMs],
    );
    return rows.map((row) => row.id);
  }
}

const ms = (date: Date | null): number | null => date?.getTime() ?? null;
