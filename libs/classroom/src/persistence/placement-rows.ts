import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@lyceum/platform/context';
import type { RoomNodes } from '../ports/media-gateway.js';

/** What has just moved stays: two processes that see different nodes as dead would toss it to and fro. */
const SETTLED_AFTER_MS = 3_000;

interface Place {
  readonly node: string;
  /** It was moved a moment ago. */
  readonly fresh: boolean;
}

const placeColumns = (moment: string) =>
  `node, moves > 0 and placed_at > now() - ${moment} * interval '1 millisecond' as fresh`;

/** Rows of `room_media` and `room_branch`: the media nodes of each room. Everything runs in the transaction of `ctx`. */
@Injectable()
export class PlacementRows {
  /**
   * The nodes of a room after `choose` had its say, given those it is on (null: none yet). Holds the room's place until the
   * transaction ends, so that processes that see different nodes die agree: each starts from what the one before wrote.
   */
  async settle(
    ctx: RequestContext,
    roomId: string,
    choose: (current: RoomNodes | null) => Promise<RoomNodes>,
  ): Promise<RoomNodes> {
    const place = await this.lock(ctx, roomId);
    if (!place) {
      const chosen = await choose(null);
      // Of two at once the first one counts; the other has waited for it and looks again.
      if (!(await this.insert(ctx, roomId, chosen.home))) return this.settle(ctx, roomId, choose);
      return { home: chosen.home, branches: await this.settleBranches(ctx, roomId, new Map(), chosen.branches) };
    }
    const places = await this.branches(ctx, roomId);
    const branches = Object.fromEntries([...places].map(([region, { node }]) => [region, node]));
    const chosen = await choose({ home: place.node, branches });
    const home = place.fresh ? place.node : chosen.home;
    if (home !== place.node) await this.move(ctx, roomId, place.node, home);
    // What was chosen belongs to the home that was chosen.
    if (home !== chosen.home) return { home, branches };
    return { home, branches: await this.settleBranches(ctx, roomId, places, chosen.branches) };
  }

  /** Nodes by room; rooms that were never placed are missing. */
  async of(ctx: RequestContext, roomIds: readonly string[]): Promise<ReadonlyMap<string, RoomNodes>> {
    const rows = await ctx.manager.query<{ room_id: string; home: string; branches: Record<string, string> }[]>(
      `select m.room_id, m.node as home, coalesce(
         jsonb_object_agg(b.region, b.node order by b.region) filter (where b.region is not null), '{}') as branches
       from room_media m left join room_branch b on b.tenant_id = m.tenant_id and b.room_id = m.room_id
       where m.tenant_id = $1 and m.room_id = any($2) group by m.room_id, m.node`,
      [ctx.tenant.id, roomIds],
    );
    return new Map(rows.map(({ room_id: roomId, home, branches }) => [roomId, { home, branches }]));
  }

  private async lock(ctx: RequestContext, roomId: string): Promise<Place | undefined> {
    const [row] = await ctx.manager.query<Place[]>(
      `select ${placeColumns('$3')} from room_media where tenant_id = $1 and room_id = $2 for update`,
      [ctx.tenant.id, roomId, SETTLED_AFTER_MS],
    );
    return row;
  }

  private async branches(ctx: RequestContext, roomId: string): Promise<Map<string, Place>> {
    const rows = await ctx.manager.query<(Place & { region: string })[]>(
      `select region, ${placeColumns('$3')} from room_branch where tenant_id = $1 and room_id = $2`,
      [ctx.tenant.id, roomId, SETTLED_AFTER_MS],
    );
    return new Map(rows.map(({ region, ...place }) => [region, place]));
  }

  private async settleBranches(
    ctx: RequestContext,
    roomId: string,
    current: ReadonlyMap<string, Place>,
    chosen: Readonly<Record<string, string>>,
  ): Promise<Record<string, string>> {
    const settled: Record<string, string> = {};
    for (const [region, node] of Object.entries(chosen)) {
      const place = current.get(region);
      settled[region] = place?.fresh ? place.node : node;
      if (settled[region] !== place?.node) await this.branch(ctx, roomId, region, node);
    }
    const gone = [...current.keys()].filter((region) => !(region in chosen));
    if (gone.length > 0) {
      await ctx.manager.query('delete from room_branch where tenant_id = $1 and room_id = $2 and region = any($3)', [
        ctx.tenant.id,
        roomId,
        gone,
      ]);
    }
    return settled;
  }

  private async branch(ctx: RequestContext, roomId: string, region: string, node: string): Promise<void> {
    await ctx.manager.query(
      `insert into room_branch as b (tenant_id, room_id, region, node) values ($1, $2, $3, $4)
       on conflict (tenant_id, room_id, region)
         do update set node = excluded.node, moves = b.moves + 1, placed_at = now()`,
      [ctx.tenant.id, roomId, region, node],
    );
    ctx.log.info({ roomId, region, node }, 'people of a region are given a media node');
  }

  private async move(ctx: RequestContext, roomId: string, from: string, to: string): Promise<void> {
    await ctx.manager.query(
      'update room_media set node = $3, moves = moves + 1, placed_at = now() where tenant_id = $1 and room_id = $2',
      [ctx.tenant.id, roomId, to],
    );
    ctx.log.info({ roomId, from, to }, 'the room is given to another media node');
  }

  /** False when another process did it a moment ago. */
  private async insert(ctx: RequestContext, roomId: string, node: string): Promise<boolean> {
    const rows = await ctx.manager.query<unknown[]>(
      `insert into room_media (tenant_id, room_id, node) values ($1, $2, $3)
       on conflict (tenant_id, room_id) do nothing returning node`,
      [ctx.tenant.id, roomId, node],
    );
    return rows.length > 0;
  }
}
