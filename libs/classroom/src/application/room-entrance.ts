import { Injectable } from '@nestjs/common';
import { isHost, type ParticipantRole } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { commonError } from '@lyceum/platform/errors';
import type { SessionFacts } from '@lyceum/scheduling';
import { People } from '@lyceum/tenancy';
import { RoomAccess, roleInRoom } from '../access/room-access.js';
import { endRoom, openRoom } from '../domain/commands/ending.js';
import { refuse } from '../domain/refuse.js';
import { ParticipantRows, type Participant } from '../persistence/participant-rows.js';
import { RoomRows, type RoomRow } from '../persistence/room-rows.js';
import { RoomWriter } from './room-writer.js';

/** A seat that was made ready: its holder may open a socket. */
export interface PreparedSeat {
  readonly room: RoomRow;
  readonly participant: Participant;
}

/** How signed-in people come into the room of a class session, and how it is ended from outside. */
@Injectable()
export class RoomEntrance {
  constructor(
    private readonly database: Database,
    private readonly access: RoomAccess,
    private readonly rooms: RoomRows,
    private readonly participants: ParticipantRows,
    private readonly people: People,
    private readonly writer: RoomWriter,
  ) {}

  /**
   * Makes the person's seat ready; the first host to come opens the room. Transactions of its own.
   * Refuses with ROOM.CANCELLED, ROOM.ENDED or ROOM.REMOVED; throws 404 and 403 as `RoomAccess` does.
   */
  async prepare(ctx: RequestContext, sessionId: string): Promise<PreparedSeat> {
    const { room, participant } = await this.database.transaction(ctx, 'write', async (tx) => {
      const { room: existing, grant } = await this.access.requireSessionRoom(tx, sessionId, 'room.join');
      checkStatus(grant.session);
      const seatRoom = existing ?? (await this.rooms.create(tx, grant.session));
      if (seatRoom.openedAt === null) await this.rooms.setRecorded(tx, seatRoom.id, grant.session.recorded);
      const seat = await this.seat(tx, seatRoom.id, roleInRoom(grant));
      return seat.removed ? refuse('ROOM.REMOVED') : { room: seatRoom, participant: seat };
    });
    if (room.openedAt === null && isHost(participant.role)) await this.open(ctx, room, participant.id);
    return { room, participant };
  }

  /** Ends the class; once it has ended, again is harmless. Refuses with ROOM.NOT_OPEN when nobody opened it. */
  async end(ctx: RequestContext, sessionId: string): Promise<void> {
    const { room, authorId } = await this.database.transaction(ctx, 'read', async (tx) => {
      const found = await this.access.requireSessionRoom(tx, sessionId, 'room.end');
      if (!found.room || found.room.openedAt === null) return refuse('ROOM.NOT_OPEN');
      const own = await this.participants.ofPerson(tx, found.room.id, personOf(tx));
      return { room: found.room, authorId: own?.id ?? null };
    });
    await this.writer.submit({
      kind: 'system',
      ctx,
      roomId: room.id,
      authorId,
      decide: (_tx, { state }) => (state.endedAt === null ? endRoom(room.id, state, 'host') : null),
    });
  }

  private async seat(tx: RequestContext, roomId: string, role: ParticipantRole): Promise<Participant> {
    const person = await this.people.require(tx, personOf(tx));
    return this.participants.ensure(tx, roomId, { id: person.id, role, name: person.displayName });
  }

  private async open(ctx: RequestContext, room: RoomRow, authorId: string): Promise<void> {
    await this.writer.submit({
      kind: 'system',
      ctx,
      roomId: room.id,
      authorId,
      decide: (_tx, { state }) => (state.openedAt === null ? openRoom(room.id, room.sessionId) : null),
    });
  }
}

function checkStatus({ status }: SessionFacts): void {
  if (status === 'cancelled') return refuse('ROOM.CANCELLED');
  if (status === 'ended') return refuse('ROOM.ENDED');
}

function personOf(ctx: RequestContext): string {
  if (ctx.actor.kind !== 'person') throw commonError('AUTH.REQUIRED');
  return ctx.actor.personId;
}
