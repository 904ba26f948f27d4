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
  /** Changes of who is at the device check; grows like `head`. */
  readonly seatsVersion: number;
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
  seatsVersion: entity.seatsVersion,
  lastAt: entity.lastAt.getTime(),
  openedAt: entity.openedAt?.getTime() ?? null,
  endedAt: entity.endedAt?.getTime() ?? null,
});

/** What an append changes on the room's row. */
export interface RoomAdvance {
  readonly head: number;
  readonly lastAt: number;
  readonly openedAt: number | null;
  readonly endedAt: number | null;
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
    const entity = await ctx.manager.findOne(RoomEntity, {
      where: { tenantId: ctx.tenant.id, id: roomId },
      lock: { mode: 'pessimistic_write' },
    });
    return entity && toRow(entity);
  }

  /** The room of a session, made at its first join; two joins at once get the same one. */
  async ensure(ctx: RequestContext, session: { id: string; courseId: string; recorded: boolean }): Promise<RoomRow> {
    const { id: tenantId, region } = ctx.tenant;
    await ctx.manager.query(
      `insert into room (tenant_id, id, region, course_id, session_id, recorded) values ($1, $2, $3, $4, $5, $6)
       on conflict (tenant_id, session_id) do update set recorded = excluded.recorded
         where room.opened_at is null and room.recorded <> excluded.recorded`,
      [tenantId, randomUUID(), region, session.courseId, session.id, session.recorded],
    );
    const row = await this.findBySession(ctx, session.id);
    if (!row) throw new Error('the room that was just made is not there');
    return row;
  }

  async advance(ctx: RequestContext, roomId: string, to: RoomAdvance): Promise<void> {
    await ctx.manager.update(
      RoomEntity,
      { tenantId: ctx.tenant.id, id: roomId },
      { head: to.head, lastAt: new Date(to.lastAt), openedAt: date(to.openedAt), endedAt: date(to.endedAt) },
    );
  }

  /** Notes that someone came to or went from the device check. */
  async countSeats(ctx: RequestContext, roomId: string): Promise<void> {
    await ctx.manager.query('update room set seats_version = seats_version + 1 where tenant_id = $1 and id = $2', [
      ctx.tenant.id,
      roomId,
    ]);
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

const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
