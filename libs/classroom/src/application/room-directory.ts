import { Injectable } from '@nestjs/common';
import type { ParticipantRole } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { ParticipantRows } from '../persistence/participant-rows.js';
import { RoomRows, type RoomRow } from '../persistence/room-rows.js';

/** Which rooms there are, for domains that hang their own things on a room. Joins the transaction of `ctx`. */
@Injectable()
export class RoomDirectory {
  constructor(
    private readonly database: Database,
    private readonly rooms: RoomRows,
    private readonly participants: ParticipantRows,
  ) {}

  /** Null when the tenant has no such room. */
  find(ctx: RequestContext, roomId: string): Promise<RoomRow | null> {
    return this.database.transaction(ctx, 'read', (tx) => this.rooms.find(tx, roomId));
  }

  /** The room of a session; null when nobody ever joined it. */
  findBySession(ctx: RequestContext, sessionId: string): Promise<RoomRow | null> {
    return this.database.transaction(ctx, 'read', (tx) => this.rooms.findBySession(tx, sessionId));
  }

  /** The person's own seat in a room: whose private messages they see in the replay. */
  participantOf(
    ctx: RequestContext,
    roomId: string,
    personId: string,
  ): Promise<{ id: string; role: ParticipantRole } | null> {
    return this.database.transaction(ctx, 'read', async (tx) => {
      const seat = await this.participants.ofPerson(tx, roomId, personId);
      return seat && { id: seat.id, role: seat.role };
    });
  }
}
