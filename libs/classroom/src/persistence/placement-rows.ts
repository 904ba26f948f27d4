import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@lyceum/platform/context';

/** A room that has just moved stays: two processes that see different nodes as dead would toss it to and fro. */
const SETTLED_AFTER_MS = 3_000;

interface Place {
  readonly node: string;
  /** It was moved a moment ago. */
  readonly fresh: boolean;
}

/** Rows of `room_media`: the media node of each room. Everything runs in the transaction of `ctx`. */
@Injectable()
export class PlacementRows {
  /**
   * The node of a room after `choose` had its say, given the one it is on (null: none yet). Holds the room's place until the
   * transaction ends, so that processes that see different nodes die agree: each starts from what the one before wrote.
   */
  async settle(ctx: RequestContext, roomId: string, choose: (current: string | null) => string): Promise<string> {
    const place = await this.lock(ctx, roomId);
    if (!place) return this.insert(ctx, roomId, choose(null));
    const current = place.node;
    const node = place.fresh ? current : choose(current);
    if (node === current) return current;
    await ctx.manager.query(
      'update room_media set node = $3, moves = moves + 1, placed_at = now() where tenant_id = $1 and room_id = $2',
      [ctx.tenant.id, roomId, node],
    );
    ctx.log.info({ roomId, from: current, to: node }, 'the room is given to another media node');
    return node;
  }

  /** Node by room; rooms that were never placed are missing. */
  async of(ctx: RequestContext, roomIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await ctx.manager.query<{ room_id: string; node: string }[]>(
      'select room_id, node from room_media where tenant_id = $1 and room_id = any($2)',
      [ctx.tenant.id, roomIds],
    );
    return new Map(rows.map(({ room_id: roomId, node }) => [roomId, node]));
  }

  private async lock(ctx: RequestContext, roomId: string): Promise<Place | undefined> {
    const [row] = await ctx.manager.query<Place[]>(
      `select node, moves > 0 and placed_at > now() - $3 * interval '1 millisecond' as fresh
       from room_media where tenant_id = $1 and room_id = $2 for update`,
      [ctx.tenant.id, roomId, SETTLED_AFTER_MS],
    );
    return row;
  }

  /** Of two at once the first one counts; the other waits for it. */
  private async insert(ctx: RequestContext, roomId: string, node: string): Promise<string> {
    const [row] = await ctx.manager.query<{ node: string }[]>(
      `insert into room_media (tenant_id, room_id, node) values ($1, $2, $3)
       on conflict (tenant_id, room_id) do update set node = room_media.node returning node`,
      [ctx.tenant.id, roomId, node],
    );
    if (!row) throw new Error('a row that was just written is not there');
    return row.node;
  }
}
