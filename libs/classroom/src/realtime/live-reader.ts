import { Injectable } from '@nestjs/common';
import { RequestContext, type Tenant } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { RoomFolds } from '../application/room-folds.js';
import { RoomReferences } from '../application/room-references.js';
import { referencedIds } from '../domain/references.js';
import { refuse } from '../domain/refuse.js';
import { EventRows } from '../persistence/event-rows.js';
import { RoomRows } from '../persistence/room-rows.js';
import type { LiveSource } from './live-room.js';

/** Reads for live rooms, in transactions of the system: what a seat may see is decided by the projection. */
@Injectable()
export class LiveReader {
  constructor(
    private readonly database: Database,
    private readonly rows: RoomRows,
    private readonly events: EventRows,
    private readonly folds: RoomFolds,
    private readonly references: RoomReferences,
  ) {}

  source(tenant: Tenant, roomId: string): LiveSource {
    const read = <T>(fn: (tx: RequestContext) => Promise<T>): Promise<T> =>
      this.database.transaction(RequestContext.system(tenant, 'live-reader'), 'read', fn);
    return {
      current: () =>
        read(async (tx) => {
          const room = (await this.rows.find(tx, roomId)) ?? refuse('ROOM.NOT_FOUND');
          return this.folds.at(tx, roomId, room.head);
        }),
      between: (after, upTo, missing) =>
        read(async (tx) => {
          const events = await this.events.between(tx, roomId, after, upTo);
          return { events, references: await this.references.resolve(tx, roomId, missing(referencedIds(events))) };
        }),
      chat: (upTo, limit) => read((tx) => this.events.latestChat(tx, roomId, upTo, null, limit)),
      chatOf: (upTo, viewer, limit) => read((tx) => this.events.latestChat(tx, roomId, upTo, viewer, limit)),
      references: (ids) => read((tx) => this.references.resolve(tx, roomId, ids)),
    };
  }
}
