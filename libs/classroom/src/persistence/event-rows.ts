import { Injectable } from '@nestjs/common';
import { inAudience, roomEventSchema, type RoomEvent, type Viewer } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';

interface EventRow {
  number: number;
  at: Date;
  type: string;
  version: number;
  actor_id: string | null;
  audience: unknown;
  payload: unknown;
}

const columns = 'number, at, type, version, actor_id, audience, payload';

/** The event of a row. Older versions would be upcast here, before parsing: stored rows are never rewritten. */
const toEvent = (row: EventRow): RoomEvent =>
  roomEventSchema.parse({
    number: row.number,
    at: row.at.getTime(),
    type: row.type,
    version: row.version,
    actor: row.actor_id,
    audience: row.audience,
    payload: row.payload,
  });

/** Rows of `room_event`, the log itself. */
@Injectable()
export class EventRows {
  /** One statement for the whole batch. The caller holds the room's lock and has numbered the events. */
  async append(ctx: RequestContext, roomId: string, events: readonly RoomEvent[]): Promise<void> {
    const rows = events.map((event) => ({ ...event, at: new Date(event.at), actor_id: event.actor }));
    await ctx.manager.query(
      `insert into room_event (tenant_id, room_id, ${columns})
       select $1, $2, ${columns} from jsonb_to_recordset($3::jsonb) as row (number integer, at timestamptz, type text,
         version smallint, actor_id uuid, audience jsonb, payload jsonb)`,
      [ctx.tenant.id, roomId, JSON.stringify(rows)],
    );
  }

  /** Events with numbers in (after, upTo], in order. */
  async between(ctx: RequestContext, roomId: string, after: number, upTo: number): Promise<RoomEvent[]> {
    const rows = await ctx.manager.query<EventRow[]>(
      `select ${columns} from room_event where tenant_id = $1 and room_id = $2 and number > $3 and number <= $4
       order by number`,
      [ctx.tenant.id, roomId, after, upTo],
    );
    return rows.map(toEvent);
  }

  /** The last `limit` chat events up to `upTo` that `viewer` may see, in order. The contract's rule has the last word. */
  async latestChat(
    ctx: RequestContext,
    roomId: string,
    upTo: number,
    viewer: Viewer & { readonly participantId: string },
    limit: number,
  ): Promise<RoomEvent[]> {
    const rows = await ctx.manager.query<EventRow[]>(
      `select ${columns} from room_event where tenant_id = $1 and room_id = $2 and number <= $3 and type = 'chat.posted'
         and (audience->>'kind' in ('everyone', 'room', 'hosts') or audience->'participantIds' ? $4)
         and (audience->>'kind' <> 'hosts' or $5 or audience->'and' ? $4)
       order by number desc limit $6`,
      [ctx.tenant.id, roomId, upTo, viewer.participantId, viewer.role === 'instructor' || viewer.role === 'ta', limit],
    );
    return rows
      .map(toEvent)
      .reverse()
      .filter((event) => inAudience(event.audience, viewer));
  }
}
