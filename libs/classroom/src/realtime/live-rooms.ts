import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { RequestContext, type Tenant } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { Fanout } from '@lyceum/platform/fanout';
import { CommitFeed } from '../application/commit-feed.js';
import type { Committed } from '../application/submission.js';
import { roomError } from '../domain/errors.js';
import { RoomRows } from '../persistence/room-rows.js';
import { LiveReader } from './live-reader.js';
import { LiveRoom } from './live-room.js';
import { parseNews, ROOM_CHANNEL, type RoomNews } from './room-news.js';
import type { SeatSocket } from './seat-socket.js';

/** How long another process's commit may stay unseen while Redis is away. */
const HEAD_POLL_MS = 1_000;

type SeatsListener = (tenant: Tenant, roomId: string, any: boolean) => void;

interface Live {
  readonly tenant: Tenant;
  readonly room: LiveRoom;
  /** Sockets being welcomed: they hold the room as those in it do. */
  joining: number;
}

/**
 * The rooms that this process has sockets in. They hear of commits in three ways: from this process at once, from others
 * over Redis, and from a poll of the heads in PostgreSQL once a second, which alone would do.
 */
@Injectable()
export class LiveRooms implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rooms = new Map<string, Live>();
  private readonly stops: (() => void)[] = [];
  private readonly listeners = new Set<SeatsListener>();
  private polling = false;

  constructor(
    private readonly database: Database,
    private readonly rows: RoomRows,
    private readonly reader: LiveReader,
    private readonly feed: CommitFeed,
    private readonly fanout: Fanout,
  ) {}

  onApplicationBootstrap(): void {
    this.stops.push(this.feed.subscribe((committed) => this.committed(committed)));
    this.stops.push(this.fanout.subscribe(ROOM_CHANNEL, (message) => this.heard(message)));
    const timer = setInterval(() => void this.poll(), HEAD_POLL_MS);
    this.stops.push(() => clearInterval(timer));
  }

  beforeApplicationShutdown(): void {
    for (const stop of this.stops.splice(0)) stop();
  }

  /** Welcomes a socket into its room; sockets of the same seat elsewhere are closed, the newest one counts. */
  async join(roomId: string, socket: SeatSocket, since: number | null): Promise<void> {
    const { tenant } = socket.ctx;
    const live = this.rooms.get(roomId) ?? {
      tenant,
      room: new LiveRoom(this.reader.source(tenant, roomId)),
      joining: 0,
    };
    this.rooms.set(roomId, live);
    live.joining += 1;
    try {
      await live.room.join(socket, since);
    } finally {
      live.joining -= 1;
    }
    const { participantId } = socket.seat;
    this.tell({ roomId, kind: 'seat-taken', participantId, socketId: socket.id });
    for (const listener of this.listeners) listener(tenant, roomId, true);
  }

  leave(roomId: string, socket: SeatSocket): void {
    const live = this.rooms.get(roomId);
    live?.room.sockets.delete(socket);
    if (!live || live.room.sockets.size > 0 || live.joining > 0) return;
    this.rooms.delete(roomId);
    for (const listener of this.listeners) listener(live.tenant, roomId, false);
  }

  /** Tells when a seat got a socket here (`any`) and when a room has none left here. Returns how to stop listening. */
  onSeats(listener: SeatsListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Sockets here of some seats of a room; null for all seats. */
  socketsOf(roomId: string, participantIds: readonly string[] | null): SeatSocket[] {
    const sockets = [...(this.rooms.get(roomId)?.room.sockets ?? [])];
    return participantIds === null
      ? sockets
      : sockets.filter((socket) => participantIds.includes(socket.seat.participantId));
  }

  /** Sockets here of seats that were issued to a browser's session. */
  socketsOfSession(webSession: string): SeatSocket[] {
    const sockets = [...this.rooms.values()].flatMap(({ room }) => [...room.sockets]);
    return sockets.filter(({ seat }) => seat.webSession === webSession);
  }

  /** Participants with a socket here, by tenant. */
  seatsByTenant(): { tenant: Tenant; participantIds: string[] }[] {
    return this.byTenant().map(({ tenant, lives }) => ({
      tenant,
      participantIds: lives.flatMap(({ room }) => [...room.sockets].map((socket) => socket.seat.participantId)),
    }));
  }

  private committed(committed: Committed): void {
    const { roomId, fold, ctx } = committed;
    this.tell({ roomId, kind: 'head', head: fold.number });
    const live = this.rooms.get(roomId);
    if (live) this.watch(live.room.committed(committed), ctx);
  }

  private heard(message: unknown): void {
    const news = parseNews(message);
    const live = news && this.rooms.get(news.roomId);
    if (!live) return;
    if (news.kind === 'head') {
      const ctx = RequestContext.system(live.tenant, 'live-rooms');
      if (news.head > live.room.number) this.watch(live.room.advanceTo(news.head), ctx);
      return;
    }
    for (const socket of live.room.socketsOf(news.participantId)) {
      if (socket.id !== news.socketId) socket.bye(roomError('ROOM.SEAT_TAKEN_OVER'));
    }
  }

  private tell(news: RoomNews): void {
    this.fanout.publish(ROOM_CHANNEL, news);
  }

  /** A push that failed is caught up by the next poll. */
  private watch(push: Promise<void>, ctx: RequestContext): void {
    push.catch((err: unknown) => ctx.log.warn({ err }, 'events could not be pushed yet'));
  }

  private byTenant(): { tenant: Tenant; lives: (Live & { roomId: string })[] }[] {
    const groups = new Map<string, { tenant: Tenant; lives: (Live & { roomId: string })[] }>();
    for (const [roomId, live] of this.rooms) {
      const group = groups.get(live.tenant.id) ?? { tenant: live.tenant, lives: [] };
      group.lives.push({ ...live, roomId });
      groups.set(live.tenant.id, group);
    }
    return [...groups.values()];
  }

  private async poll(): Promise<void> {
    if (this.polling) return;
    this.polling = true;
    for (const { tenant, lives } of this.byTenant()) {
      const ctx = RequestContext.system(tenant, 'head-poll');
      try {
        const ids = lives.map(({ roomId }) => roomId);
        const heads = await this.database.transaction(ctx, 'read', (tx) => this.rows.heads(tx, ids));
        for (const { roomId, room } of lives) {
          const head = heads.get(roomId) ?? 0;
          if (head > room.number) this.watch(room.advanceTo(head), ctx);
        }
      } catch (err) {
        ctx.log.warn({ err }, 'heads could not be read');
      }
    }
    this.polling = false;
  }
}
