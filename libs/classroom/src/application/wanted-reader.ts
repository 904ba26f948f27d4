import { Injectable } from '@nestjs/common';
import { RequestContext, type Tenant } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { wantedFrom } from '../domain/wanted.js';
import { ParticipantRows } from '../persistence/participant-rows.js';
import { RoomRows } from '../persistence/room-rows.js';
import type { WantedRoom } from '../ports/media-gateway.js';
import { RoomFolds } from './room-folds.js';
import { PREPARING_MS } from './presence-times.js';

/** What media should be doing, read from the log and from who is at the device check. */
@Injectable()
export class WantedReader {
  constructor(
    private readonly database: Database,
    private readonly rooms: RoomRows,
    private readonly participants: ParticipantRows,
    private readonly folds: RoomFolds,
  ) {}

  /** Of one room as it is now; null when the tenant has no such room. */
  async of(tenant: Tenant, roomId: string): Promise<WantedRoom | null> {
    return this.read(tenant, (tx) => this.one(tx, roomId));
  }

  /** Of every open room, and of those that ended within `endedWithinMs`. */
  async all(tenant: Tenant, endedWithinMs: number): Promise<WantedRoom[]> {
    return this.read(tenant, async (tx) => {
      const wanted: WantedRoom[] = [];
      for (const roomId of await this.rooms.current(tx, endedWithinMs)) {
        const one = await this.one(tx, roomId);
        if (one) wanted.push(one);
      }
      return wanted;
    });
  }

  private async one(tx: RequestContext, roomId: string): Promise<WantedRoom | null> {
    // The version comes first: what follows may be newer than it says, never older. Whoever made it newer tells media too,
    // with a higher version, so what is told last is true.
    const version = await this.rooms.nextWantedVersion(tx);
    // Who comes in between these reads is in both, and never in neither: that would close their transports.
    const preparing = await this.participants.preparing(tx, roomId, PREPARING_MS);
    const room = await this.rooms.find(tx, roomId);
    if (!room) return null;
    const { state } = await this.folds.at(tx, roomId, room.head);
    return wantedFrom(tx.tenant.id, roomId, version, state, preparing);
  }

  /** A write transaction, since PostgreSQL gives no number of a sequence to a reader. */
  private read<T>(tenant: Tenant, fn: (tx: RequestContext) => Promise<T>): Promise<T> {
    return this.database.transaction(RequestContext.system(tenant, 'wanted-reader'), 'write', fn);
  }
}
