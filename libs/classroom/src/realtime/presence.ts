import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { SEEN_EVERY_MS } from '../application/presence-times.js';
import { ParticipantRows, type Participant } from '../persistence/participant-rows.js';
import { LiveRooms } from './live-rooms.js';

/**
 * Notes in PostgreSQL which seats have a socket, so that any process can tell a lost seat from one that another process
 * serves. One statement per tenant and interval: the cost is linear in seats and never in history.
 */
@Injectable()
export class Presence implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private since = performance.now();

  constructor(
    private readonly database: Database,
    private readonly participants: ParticipantRows,
    private readonly rooms: LiveRooms,
  ) {}

  onApplicationBootstrap(): void {
    this.since = performance.now();
    this.timer = setInterval(() => void this.note(), SEEN_EVERY_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** How long this process has noted its seats without a failure, ms: before that, absence proves nothing. */
  reliableForMs(): number {
    return performance.now() - this.since;
  }

  /** A socket of this seat was accepted from a network of `region`: it counts as there from now on, at the device check too. */
  async arrived(
    ctx: RequestContext,
    { id, seenAt, region: before }: Participant,
    region: string | null,
  ): Promise<void> {
    if (Date.now() - seenAt < SEEN_EVERY_MS && region === before) return;
    await this.database.transaction(ctx, 'write', (tx) => this.participants.arrived(tx, id, region));
  }

  private async note(): Promise<void> {
    for (const { tenant, participantIds } of this.rooms.seatsByTenant()) {
      const ctx = RequestContext.system(tenant, 'presence');
      try {
        await this.database.transaction(ctx, 'write', (tx) => this.participants.seen(tx, participantIds));
      } catch (err) {
        this.since = performance.now();
        ctx.log.warn({ err }, 'presence could not be noted');
      }
    }
  }
}
