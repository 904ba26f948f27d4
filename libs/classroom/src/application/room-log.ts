import { Injectable } from '@nestjs/common';
import { project, type References, type RoomEvent, type Viewer } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { EventRows } from '../persistence/event-rows.js';
import { RoomRows } from '../persistence/room-rows.js';
import { RoomReferences } from './room-references.js';

/** A room's log as one viewer may see it. Times are server clock, ms since the Unix epoch. */
export interface ProjectedLog {
  readonly roomId: string;
  readonly sessionId: string;
  readonly openedAt: number | null;
  readonly endedAt: number | null;
  readonly head: number;
  readonly events: readonly RoomEvent[];
  readonly references: References;
}

/** Reads whole logs, for replay. Whether someone may watch a replay at all is the caller's question. */
@Injectable()
export class RoomLog {
  constructor(
    private readonly database: Database,
    private readonly rooms: RoomRows,
    private readonly events: EventRows,
    private readonly references: RoomReferences,
  ) {}

  /** The log of a room with names and texts; null when the tenant has no such room. */
  async read(ctx: RequestContext, roomId: string, viewer: Viewer): Promise<ProjectedLog | null> {
    return this.database.transaction(ctx, 'read', async (tx) => {
      const room = await this.rooms.find(tx, roomId);
      if (!room) return null;
      const all = await this.events.between(tx, roomId, 0, room.head);
      const events = all.filter((event) => project(event, viewer) !== null);
      const references = await this.references.of(tx, roomId, events);
      const { sessionId, openedAt, endedAt, head } = room;
      return { roomId, sessionId, openedAt, endedAt, head, events, references };
    });
  }
}
