import { Injectable } from '@nestjs/common';
import { RequestContext, type Tenant } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { RoomFolds } from '../application/room-folds.js';
import { RoomReferences } from '../application/room-references.js';
import { refuse } from '../domain/refuse.js';
import { EventRows } from '../persistence/event-rows.js';
import { RoomRows } from '../persistence/room-rows.js';
import type { LiveSource } from './live-room.js';

/** Chat messages that a newcomer is shown; older ones are in the replay. */
const CHAT_TAIL = 200;

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
      between: (after, upTo) => read((tx) => this.events.between(tx, roomId, after, upTo)),
      latestChat: (upTo, viewer) => read((tx) => this.events.latestChat(tx, roomId, upTo, viewer, CHAT_TAIL)),
      references: (ids) => read((tx) => this.references.resolve(tx, roomId, ids)),
    };
  }
}
