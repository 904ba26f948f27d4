import { Injectable } from '@nestjs/common';
import type { ParticipantRole, Permission } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { notFound } from '@lyceum/platform/errors';
import { SessionAccess, type SessionGrant } from '@lyceum/scheduling';
import { RoomRows, type RoomRow } from '../persistence/room-rows.js';

/** A room that the actor may use as asked. */
export interface RoomGrant {
  readonly room: RoomRow;
  readonly grant: SessionGrant;
}

/** The only way to a room for a signed-in person. Runs in the transaction of its context. */
@Injectable()
export class RoomAccess {
  constructor(
    private readonly rooms: RoomRows,
    private readonly sessions: SessionAccess,
  ) {}

  /**
   * Finds a room for the actor of `ctx`. Throws RESOURCE.NOT_FOUND when there is none, it is another institution's or the
   * actor has nothing to do with its course; AUTH.FORBIDDEN when they know it but may not do this.
   */
  async requireRoom(ctx: RequestContext, roomId: string, permission: Permission): Promise<RoomGrant> {
    const room = await this.rooms.find(ctx, roomId);
    if (!room) throw notFound('room', roomId);
    return { room, grant: await this.sessions.requireSession(ctx, room.sessionId, permission) };
  }

  /** As `requireRoom`, by the session; `room` is null when nobody joined yet. */
  async requireSessionRoom(
    ctx: RequestContext,
    sessionId: string,
    permission: Permission,
  ): Promise<{ room: RoomRow | null; grant: SessionGrant }> {
    const grant = await this.sessions.requireSession(ctx, sessionId, permission);
    return { room: await this.rooms.findBySession(ctx, sessionId), grant };
  }
}

/** The role in the room: by enrolment; who runs the institution without being enrolled hosts if they may moderate. */
export function roleInRoom({ role, permissions }: SessionGrant): ParticipantRole {
  if (role !== null) return role;
  return permissions.has('room.moderate') ? 'instructor' : 'guest';
}
