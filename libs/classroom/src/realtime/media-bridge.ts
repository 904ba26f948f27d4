import { isDeepStrictEqual } from 'node:util';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { EventType } from '@lyceum/contracts';
import { RequestContext, type Tenant } from '@lyceum/platform/context';
import { TenantDirectory } from '@lyceum/platform/database';
import { CommitFeed } from '../application/commit-feed.js';
import { WantedReader } from '../application/wanted-reader.js';
import { MediaGateway, type MediaGatewayEvent, type PlacedRoom, type RoomNodes } from '../ports/media-gateway.js';
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

/** How long this process may not know that another one moved a room. */
const LOOK_MS = 1_000;

interface Told {
  readonly tenant: Tenant;
  readonly nodes: RoomNodes;
}

/**
 * Tells media what is wanted: after each commit that may change it, when someone comes to the device check, when a room
 * needs another node or got one from another process, and of all rooms at the start. Passes on to the sockets what media says.
 */
@Injectable()
export class MediaBridge implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stops: (() => void)[] = [];
  /** Rooms being told; true when something changed meanwhile. */
  private readonly telling = new Map<string, boolean>();
  /** By room. */
  private readonly told = new Map<string, Told>();
  private looking = false;

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
        else this.forget(roomId);
      }),
      this.media.onMisplaced((roomId) => {
        const told = this.told.get(roomId);
        if (told) this.changed(told.tenant, roomId);
      }),
      this.media.onEvent((event) => this.pass(event)),
    );
    const timer = setInterval(() => void this.look(), LOOK_MS);
    this.stops.push(() => clearInterval(timer));
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
        const placed = await this.wanted.of(tenant, roomId);
        if (placed) this.publish(tenant, placed);
      } catch (err) {
        RequestContext.system(tenant, 'media-bridge').log.error(
          { err, roomId },
          'media could not be told what is wanted',
        );
      }
    } while (this.telling.get(roomId));
    this.telling.delete(roomId);
  }

  private publish(tenant: Tenant, placed: PlacedRoom): void {
    const { wanted, home, branches } = placed;
    if (wanted.ended) this.told.delete(wanted.roomId);
    else this.told.set(wanted.roomId, { tenant, nodes: { home, branches } });
    this.media.publishWanted(placed);
  }

  private forget(roomId: string): void {
    this.told.delete(roomId);
    this.media.forget(roomId);
  }

  /** Rooms that another process moved: nobody tells, so they are looked for. */
  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    for (const rooms of Map.groupBy(this.told, ([, { tenant }]) => tenant.id).values()) {
      const tenant = rooms[0]?.[1].tenant;
      if (!tenant) continue;
      try {
        const places = await this.wanted.places(
          tenant,
          rooms.map(([roomId]) => roomId),
        );
        for (const [roomId, { nodes }] of rooms) {
          if (!isDeepStrictEqual(places.get(roomId) ?? nodes, nodes)) this.changed(tenant, roomId);
        }
      } catch (err) {
        RequestContext.system(tenant, 'media-bridge').log.warn({ err }, 'places of rooms could not be read');
      }
    }
    this.looking = false;
  }

  private pass({ roomId, participantIds, engine, payload }: MediaGatewayEvent): void {
    for (const socket of this.rooms.socketsOf(roomId, participantIds))
      socket.send({ t: 'media-event', engine, payload });
  }

  private async tellEverything(): Promise<void> {
    for (const tenant of await this.tenants.list()) {
      try {
        for (const placed of await this.wanted.all(tenant, RETELL_ENDED_MS)) this.publish(tenant, placed);
      } catch (err) {
        RequestContext.system(tenant, 'media-bridge').log.error({ err }, 'media could not be told what is wanted');
      }
    }
  }
}
