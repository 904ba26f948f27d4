import { Inject } from '@nestjs/common';
import type { JoinResponse } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Ctx, Endpoint, Input, TenantController, type InputOf } from '@lyceum/platform/http';
import { SeatTokens } from '../access/seat-tokens.js';
import { RoomEntrance } from '../application/room-entrance.js';
import { IceServers } from '../ports/ice-servers.js';
import { endSession, joinSession } from './room-endpoints.js';

@TenantController('sessions')
export class RoomsController {
  constructor(
    private readonly entrance: RoomEntrance,
    @Inject(SeatTokens) private readonly tokens: SeatTokens,
    private readonly iceServers: IceServers,
  ) {}

  @Endpoint(joinSession)
  async join(@Ctx() ctx: RequestContext, @Input() { params }: InputOf<typeof joinSession>): Promise<JoinResponse> {
    const { room, participant } = await this.entrance.prepare(ctx, params.sessionId);
    const { id: participantId, role, seatEpoch: epoch } = participant;
    const webSession = ctx.actor.kind === 'person' ? ctx.actor.sessionId : undefined;
    const seat = { tenantId: ctx.tenant.id, roomId: room.id, participantId, epoch };
    return {
      roomId: room.id,
      sessionId: room.sessionId,
      participantId,
      role,
      name: participant.name ?? '',
      seatToken: await this.tokens.issue({ ...seat, ...(webSession !== undefined && { webSession }) }),
      iceServers: await this.iceServers.issue(ctx, participantId),
    };
  }

  @Endpoint(endSession)
  async end(@Ctx() ctx: RequestContext, @Input() { params }: InputOf<typeof endSession>): Promise<void> {
    await this.entrance.end(ctx, params.sessionId);
  }
}
