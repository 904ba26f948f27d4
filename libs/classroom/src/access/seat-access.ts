import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { refuse } from '../domain/refuse.js';
import { ParticipantRows, type Participant } from '../persistence/participant-rows.js';
import { RoomRows, type RoomRow } from '../persistence/room-rows.js';
import { SeatTokens } from './seat-tokens.js';

/** A seat that was proven, with its room. */
export interface OpenSeat {
  readonly room: RoomRow;
  readonly participant: Participant;
  /** The browser's session that the seat was issued to; null for a program's. */
  readonly webSession: string | null;
}

/** The only way to a room through a seat token: signature, tenant, revocation and room are looked at here, each time. */
@Injectable()
export class SeatAccess {
  constructor(
    private readonly database: Database,
    private readonly rooms: RoomRows,
    private readonly participants: ParticipantRows,
    @Inject(SeatTokens) private readonly tokens: SeatTokens,
  ) {}

  /**
   * Opens a seat for a socket of the tenant of `ctx`.
   * Refuses with ROOM.SEAT_INVALID (forged, expired, revoked), ROOM.NOT_FOUND (another tenant's, or no such room),
   * ROOM.REMOVED or ROOM.ENDED.
   */
  async requireSeat(ctx: RequestContext, token: string): Promise<OpenSeat> {
    const claims = await this.tokens.verify(token);
    if (!claims) return refuse('ROOM.SEAT_INVALID');
    if (claims.tenantId !== ctx.tenant.id) return refuse('ROOM.NOT_FOUND');
    return this.database.transaction(ctx, 'read', async (tx) => {
      const room = await this.rooms.find(tx, claims.roomId);
      if (!room) return refuse('ROOM.NOT_FOUND');
      const participant = await this.participants.find(tx, claims.roomId, claims.participantId);
      if (!participant) return refuse('ROOM.NOT_FOUND');
      if (participant.removed) return refuse('ROOM.REMOVED');
      if (participant.seatEpoch !== claims.epoch) return refuse('ROOM.SEAT_INVALID');
      if (room.endedAt !== null) return refuse('ROOM.ENDED');
      return { room, participant, webSession: claims.webSession ?? null };
    });
  }
}
