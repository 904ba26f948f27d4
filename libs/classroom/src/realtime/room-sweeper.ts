import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { RequestContext } from '@lyceum/platform/context';
import { Database, TenantDirectory } from '@lyceum/platform/database';
import { ABANDONED_AFTER_MS, LOST_AFTER_MS, SWEEP_EVERY_MS } from '../application/presence-times.js';
import { RoomWriter } from '../application/room-writer.js';
import { endRoom } from '../domain/commands/ending.js';
import { room, type Decision } from '../domain/decision.js';
import { ParticipantRows } from '../persistence/participant-rows.js';
import { RoomRows } from '../persistence/room-rows.js';
import { Presence } from './presence.js';

/**
 * Closes what nobody closed: seats without a socket anywhere, rooms that everyone left. Every api sweeps; what one has
 * done is seen by the next under the room's lock.
 */
@Injectable()
export class RoomSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private sweeping = false;

  constructor(
    private readonly database: Database,
    private readonly tenants: TenantDirectory,
    private readonly rooms: RoomRows,
    private readonly participants: ParticipantRows,
    private readonly writer: RoomWriter,
    private readonly presence: Presence,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP_EVERY_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** One round over all institutions. */
  async sweep(): Promise<void> {
    // After an outage everyone looks lost until they had the time to come back.
    if (this.sweeping || this.presence.reliableForMs() < LOST_AFTER_MS + SWEEP_EVERY_MS) return;
    this.sweeping = true;
    try {
      for (const tenant of await this.tenants.list())
        await this.sweepTenant(RequestContext.system(tenant, 'room-sweeper'));
    } catch (err) {
      RequestContext.create({ tenant: null, actor: { kind: 'system', name: 'room-sweeper' } }).log.warn(
        { err },
        'sweep failed',
      );
    } finally {
      this.sweeping = false;
    }
  }

  private async sweepTenant(ctx: RequestContext): Promise<void> {
    const { lost, abandoned } = await this.database.transaction(ctx, 'read', async (tx) => ({
      lost: await this.participants.lost(tx, LOST_AFTER_MS),
      abandoned: await this.rooms.abandoned(tx, ABANDONED_AFTER_MS),
    }));
    for (const { roomId, participantId } of lost) await this.closeSeat(ctx, roomId, participantId);
    for (const roomId of abandoned) await this.endAbandoned(ctx, roomId);
  }

  private async closeSeat(ctx: RequestContext, roomId: string, participantId: string): Promise<void> {
    const decide = async (tx: RequestContext): Promise<Decision | null> => {
      if (!(await this.participants.isLost(tx, roomId, participantId, LOST_AFTER_MS))) return null;
      return { events: [{ type: 'participant.left', payload: { participantId, reason: 'lost' }, audience: room }] };
    };
    await this.writer.submit({ kind: 'system', ctx, roomId, authorId: null, decide });
  }

  private async endAbandoned(ctx: RequestContext, roomId: string): Promise<void> {
    await this.writer.submit({
      kind: 'system',
      ctx,
      roomId,
      authorId: null,
      decide: (_tx, { state }) => {
        const someone = Object.values(state.seats).some((seat) => seat.present);
        return someone || state.endedAt !== null ? null : endRoom(roomId, state, 'abandoned');
      },
    });
  }
}
