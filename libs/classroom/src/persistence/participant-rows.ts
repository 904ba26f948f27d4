import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ParticipantRole } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { In } from 'typeorm';
import { ParticipantEntity } from './entities.js';

/** A person's seat in a room. */
export interface Participant {
  readonly id: string;
  readonly roomId: string;
  readonly personId: string;
  readonly role: ParticipantRole;
  /** Null when it was erased. */
  readonly name: string | null;
  readonly seatEpoch: number;
  readonly removed: boolean;
  readonly region: string | null;
  /** When a process last noted a socket or a join of it, server clock, ms since the Unix epoch. */
  readonly seenAt: number;
}

/** As `Participant`, for statements that are written by hand. */
export const participantColumns = `id, room_id as "roomId", person_id as "personId", role, name,
  seat_epoch as "seatEpoch", removed_at is not null as removed, region,
  (extract(epoch from seen_at) * 1000)::float8 as "seenAt"`;

const toParticipant = (entity: ParticipantEntity): Participant => ({
  id: entity.id,
  roomId: entity.roomId,
  personId: entity.personId,
  role: entity.role,
  name: entity.name,
  seatEpoch: entity.seatEpoch,
  removed: entity.removedAt !== null,
  region: entity.region,
  seenAt: entity.seenAt.getTime(),
});

export interface PersonsRegion {
  readonly id: string;
  /** Null: their network belongs to none. */
  readonly region: string | null;
}

export interface LostSeat {
  readonly roomId: string;
  readonly participantId: string;
}

/** Rows of `participant`. */
@Injectable()
export class ParticipantRows {
  async find(ctx: RequestContext, roomId: string, id: string): Promise<Participant | null> {
    const entity = await ctx.manager.findOneBy(ParticipantEntity, { tenantId: ctx.tenant.id, roomId, id });
    return entity && toParticipant(entity);
  }

  async findMany(ctx: RequestContext, roomId: string, ids: readonly string[]): Promise<Map<string, Participant>> {
    if (ids.length === 0) return new Map();
    const entities = await ctx.manager.findBy(ParticipantEntity, { tenantId: ctx.tenant.id, roomId, id: In([...ids]) });
    return new Map(entities.map((entity) => [entity.id, toParticipant(entity)]));
  }

  async ofPerson(ctx: RequestContext, roomId: string, personId: string): Promise<Participant | null> {
    const entity = await ctx.manager.findOneBy(ParticipantEntity, { tenantId: ctx.tenant.id, roomId, personId });
    return entity && toParticipant(entity);
  }

  /** Which of the sessions the person was let into at least once, by the log. */
  async attendedBy(ctx: RequestContext, personId: string, sessionIds: readonly string[]): Promise<Set<string>> {
    const rows = await ctx.manager.query<{ session_id: string }[]>(
      `select r.session_id from participant p
         join room r on r.tenant_id = p.tenant_id and r.id = p.room_id
       where p.tenant_id = $1 and p.person_id = $2 and r.session_id = any($3) and p.attended`,
      [ctx.tenant.id, personId, sessionIds],
    );
    return new Set(rows.map((row) => row.session_id));
  }

  /** The seat of a person, made at the first join; role and name are brought up to date at every one. */
  async ensure(
    ctx: RequestContext,
    roomId: string,
    person: { id: string; role: ParticipantRole; name: string },
  ): Promise<Participant> {
    const [row] = await ctx.manager.query<Participant[]>(
      `insert into participant (tenant_id, id, room_id, person_id, role, name) values ($1, $2, $3, $4, $5, $6)
       on conflict (tenant_id, room_id, person_id)
         do update set role = excluded.role, name = excluded.name, seen_at = now()
       returning ${participantColumns}`,
      [ctx.tenant.id, randomUUID(), roomId, person.id, person.role, person.name],
    );
    if (!row) throw new Error('the seat that was just made is not there');
    return row;
  }

  /** Takes the seat back: tokens issued so far open nothing, and no new one is issued. */
  async revoke(ctx: RequestContext, roomId: string, id: string): Promise<void> {
    await ctx.manager.query(
      `update participant set seat_epoch = seat_epoch + 1, removed_at = now()
       where tenant_id = $1 and room_id = $2 and id = $3`,
      [ctx.tenant.id, roomId, id],
    );
  }

  async setPresent(ctx: RequestContext, roomId: string, ids: readonly string[], present: boolean): Promise<void> {
    if (ids.length === 0) return;
    await ctx.manager.query(
      `update participant set present = $4, attended = attended or $4, seen_at = now()
       where tenant_id = $1 and room_id = $2 and id = any($3)`,
      [ctx.tenant.id, roomId, ids, present],
    );
  }

  async clearPresent(ctx: RequestContext, roomId: string): Promise<void> {
    await ctx.manager.query(
      `update participant set present = false where tenant_id = $1 and room_id = $2 and present`,
      [ctx.tenant.id, roomId],
    );
  }

  /** One statement for everybody who has a socket here. */
  async seen(ctx: RequestContext, ids: readonly string[]): Promise<void> {
    await ctx.manager.query(`update participant set seen_at = now() where tenant_id = $1 and id = any($2)`, [
      ctx.tenant.id,
      ids,
    ]);
  }

  /** A socket of this seat was accepted from a network of `region`. */
  async arrived(ctx: RequestContext, id: string, region: string | null): Promise<void> {
    await ctx.manager.query('update participant set seen_at = now(), region = $3 where tenant_id = $1 and id = $2', [
      ctx.tenant.id,
      id,
      region,
    ]);
  }

  /** Everyone in the room, at its device check or in its lobby, in the order in which they first came. */
  async regions(ctx: RequestContext, roomId: string, withinMs: number): Promise<PersonsRegion[]> {
    return ctx.manager.query<PersonsRegion[]>(
      `select id, region from participant where tenant_id = $1 and room_id = $2 and removed_at is null
         and (present or seen_at >= now() - $3 * interval '1 millisecond') order by created_at, id`,
      [ctx.tenant.id, roomId, withinMs],
    );
  }

  /** Seats at the device check or in the lobby: not present, not removed, seen within `withinMs`. */
  async preparing(
    ctx: RequestContext,
    roomId: string,
    withinMs: number,
  ): Promise<{ id: string; role: ParticipantRole }[]> {
    return ctx.manager.query(
      `select id, role from participant where tenant_id = $1 and room_id = $2 and not present and removed_at is null
         and seen_at >= now() - $3 * interval '1 millisecond'`,
      [ctx.tenant.id, roomId, withinMs],
    );
  }

  /** Seats that count as present and that no process has seen for `silentMs`. */
  async lost(ctx: RequestContext, silentMs: number): Promise<LostSeat[]> {
    return ctx.manager.query<LostSeat[]>(
      `select room_id as "roomId", id as "participantId" from participant
       where tenant_id = $1 and present and seen_at < now() - $2 * interval '1 millisecond'`,
      [ctx.tenant.id, silentMs],
    );
  }

  /** Whether the seat is still lost; asked under the room's lock. */
  async isLost(ctx: RequestContext, roomId: string, id: string, silentMs: number): Promise<boolean> {
    const rows = await ctx.manager.query<{ id: string }[]>(
      `select id from participant where tenant_id = $1 and room_id = $2 and id = $3 and present
         and seen_at < now() - $4 * interval '1 millisecond'`,
      [ctx.tenant.id, roomId, id, silentMs],
    );
    return rows.length > 0;
  }
}
