import { Injectable } from '@nestjs/common';
import type { RoomState } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import type { Fold } from '../domain/fold.js';
import { RoomSnapshotEntity } from './entities.js';

/** Shape of the stored state. Count it up when `RoomState` changes: older snapshots are then ignored, not converted. */
const STATE_VERSION = 2;

/** Rows of `room_snapshot`. */
@Injectable()
export class SnapshotRows {
  async find(ctx: RequestContext, roomId: string): Promise<Fold | null> {
    const where = { tenantId: ctx.tenant.id, roomId, version: STATE_VERSION };
    const entity = await ctx.manager.findOneBy(RoomSnapshotEntity, where);
    return entity && { number: entity.number, state: entity.state };
  }

  async save(ctx: RequestContext, roomId: string, number: number, state: RoomState): Promise<void> {
    await ctx.manager.query(
      `insert into room_snapshot (tenant_id, room_id, number, version, state) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, room_id) do update
         set number = excluded.number, version = excluded.version, state = excluded.state`,
      [ctx.tenant.id, roomId, number, STATE_VERSION, JSON.stringify(state)],
    );
  }
}
