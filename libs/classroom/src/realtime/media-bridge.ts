import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { EventType } from '@lyceum/contracts';
import { RequestContext, type Tenant } from '@lyceum/platform/context';
import { TenantDirectory } from '@lyceum/platform/database';
import { CommitFeed } from '../application/commit-feed.js';
import { WantedReader } from '../application/wanted-reader.js';
import { MediaGateway, type MediaGatewayEvent } from '../ports/media-gateway.js';
import { LiveRooms } from './live-rooms.js';

/** Events after which media has nothing else to do. */
const irrelevant: ReadonlySet<EventType> = new Set([
  'hand.raised',
  'hand.lowered',
  'chat.posted',
  'poll.opened',
  'poll.answered',
  'poll.closed',
]);

/** At its start a process tells media again of rooms that ended this recently: the one that ended them may have died. */
const RETELL_ENDED_MS = 10 * 60_000;

/**
 * Tells media what is wanted: after each commit that may change it, when someone comes to the device check, and of all
 * rooms at the start. Passes on to the sockets what media says.
 */
@Injectable()
export class MediaBridge implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stops: (() => void)[] = [];
  /** Rooms being told; true when something changed meanwhile. */
  private readonly telling = new Map<string, boolean>();

  constructor(
    private readonly media: MediaGateway,
    private readonly feed: CommitFeed,
    private readonly rooms: LiveRooms,
    private readonly tenants: TenantDirectory,
    private readonly wanted: WantedReader,
  ) {}

  onApplicationBootstrap(): void {
    this.stops.push(
      this.feed.subscribe(({ ctx, roomId, events }) => {
        if (events.some((event) => !irrelevant.has(event.type))) this.changed(ctx.tenant, roomId);
      }),
      this.rooms.onSeats((tenant, roomId, any) => {
        if (any) this.changed(tenant, roomId);
        else this.media.forget(roomId);
      }),
      this.media.onEvent((event) => this.pass(event)),
    );
    void this.tellEverything();
  }

  beforeApplicationShutdown(): void {
    for (const stop of this.stops.splice(0)) stop();
  }

  /** Reads and tells what is wanted of a room; calls that come meanwhile are one more round, not many. */
  changed(tenant: Tenant, roomId: string): void {
    if (this.telling.has(roomId)) this.telling.set(roomId, true);
    else void this.tell(tenant, roomId);
  }

  private async tell(tenant: Tenant, roomId: string): Promise<void> {
    do {
      this.telling.set(roomId, false);
      try {
        const wanted = await this.wanted.of(tenant, roomId);
        if (wanted) this.media.publishWanted(wanted);
      } catch (err) {
        RequestContext.system(tenant, 'media-bridge').log.error(
          { err, roomId },
          'media could not be told what is wanted',
        );
      }
    } while (this.telling.get(roomId));
    this.telling.delete(roomId);
  }

  private pass({ roomId, participantIds, engine, payload }: MediaGatewayEvent): void {
    for (const socket of this.rooms.socketsOf(roomId, participantIds))
      socket.send({ t: 'media-event', engine, payload });
  }

  private async tellEverything(): Promise<void> {
    for (const tenant of await this.tenants.list()) {
      try {
        for (const wanted of await this.wanted.all(tenant, RETELL_ENDED_MS)) this.media.publishWanted(wanted);
      } catch (err) {
        RequestContext.system(tenant, 'media-bridge').log.error({ err }, 'media could not be told what is wanted');
      }
    }
  }
}
