import { Injectable } from '@nestjs/common';
import { inAudience, isHost, roomEventSchema, type RoomEvent, type Viewer } from '@lyceum/contracts';
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

/** Rows of `room_event`, the log itself; `BatchRows` appends to it. */
@Injectable()
export class EventRows {
  /** Events with numbers in (after, upTo], in order. */
  async between(ctx: RequestContext, roomId: string, after: number, upTo: number): Promise<RoomEvent[]> {
    const rows = await ctx.manager.query<EventRow[]>(
      `select ${columns} from room_event where tenant_id = $1 and room_id = $2 and number > $3 and number <= $4
       order by number`,
      [ctx.tenant.id, roomId, after, upTo],
    );
    return rows.map(toEvent);
  }

  /**
   * The last `limit` chat events up to `upTo`, oldest first: of everyone (`viewer` null), or those that `viewer` may see.
   * The contract's rule has the last word on that.
   */
  async latestChat(
    ctx: RequestContext,
    roomId: string,
    upTo: number,
    viewer: (Viewer & { readonly participantId: string }) | null,
    limit: number,
  ): Promise<RoomEvent[]> {
    const rows = await ctx.manager.query<EventRow[]>(
      `select ${columns} from room_event where tenant_id = $1 and room_id = $2 and number <= $3 and type = 'chat.posted'
         and ($4::text is null
           or ((audience->>'kind' in ('everyone', 'room', 'hosts') or audience->'participantIds' ? $4)
             and (audience->>'kind' <> 'hosts' or $5 or audience->'and' ? $4)))
       order by number desc limit $6`,
      [ctx.tenant.id, roomId, upTo, viewer?.participantId ?? null, viewer !== null && isHost(viewer.role), limit],
    );
    const events = rows.map(toEvent).reverse();
    return viewer === null ? events : events.filter((event) => inAudience(event.audience, viewer));
  }
}
