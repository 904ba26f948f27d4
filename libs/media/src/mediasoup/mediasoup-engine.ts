import {
  MEDIASOUP_ENGINE,
  mediaRequestSchema,
  type ActualRoom,
  type MediaRequest,
  type MediaRequestOf,
  type NodeLoad,
  type RoomPlace,
  type WantedRoom,
} from '@lyceum/contracts';
import { LyceumError } from '@lyceum/platform/errors';
import type { HomeRooms } from '../cascade/branch-server.js';
import type { MediaEngine, MediaEngineListener } from '../engine/media-engine.js';
import { mediaError } from '../errors.js';
import { requestHandlers, type Handler } from './request-handlers.js';
import { RoomKeeper } from './room-keeper.js';
import type { RoomSurroundings } from './room-maker.js';
import type { RoomMedia } from './room-media.js';
import { WorkerPool, type PoolOptions } from './worker-pool.js';

/** An empty room is kept this long, and an ended one remembered, so that late messages don't open it again. */
const IDLE_MS = 10 * 60_000;
const SWEEP_MS = 60_000;

/** The mediasoup driver. */
export class MediasoupEngine implements MediaEngine, HomeRooms {
  readonly name = MEDIASOUP_ENGINE;
  private readonly pool: WorkerPool;
  private readonly keepers = new Map<string, RoomKeeper>();
  private listener: MediaEngineListener | undefined;
  private sweeper: NodeJS.Timeout | undefined;

  constructor(
    pool: PoolOptions,
    private readonly surroundings: RoomSurroundings,
  ) {
    this.pool = new WorkerPool(pool, surroundings.log);
  }

  async start(): Promise<void> {
    await this.pool.start();
    this.sweeper = setInterval(() => this.sweep(), SWEEP_MS);
  }

  /** Every worker is up. */
  get isWhole(): boolean {
    return this.pool.isWhole;
  }

  close(): void {
    clearInterval(this.sweeper);
    this.abandon();
    this.surroundings.recorder.close();
    this.surroundings.homes.close();
    this.pool.close();
  }

  listen(listener: MediaEngineListener): void {
    this.listener = listener;
  }

  async negotiate(roomId: string, participantId: string, payload: unknown): Promise<unknown> {
    const parsed = mediaRequestSchema.safeParse(payload);
    if (!parsed.success) throw mediaError('MEDIA.BAD_REQUEST', { cause: parsed.error });
    const room = await this.room(roomId);
    try {
      return await this.handle(room, participantId, parsed.data);
    } catch (error) {
      throw this.explain(error, room, parsed.data.op);
    }
  }

  async room(roomId: string): Promise<RoomMedia> {
    const keeper = this.keeper(roomId);
    if (keeper.hasEnded) throw mediaError('MEDIA.SEAT_GONE');
    return keeper.current();
  }

  apply(wanted: WantedRoom, place: RoomPlace): void {
    this.keeper(wanted.roomId).apply(wanted, place);
  }

  release(roomId: string, version: number, afterMs: number): void {
    // Remembered of a room that is not here, too: an older `wanted` may still be on its way.
    this.keeper(roomId).release(version, afterMs);
  }

  abandon(): void {
    for (const keeper of this.keepers.values()) keeper.close();
    this.keepers.clear();
  }

  rooms(): ActualRoom[] {
    return [...this.keepers.values()].map((keeper) => keeper.actual()).filter((actual) => actual !== null);
  }

  load(): NodeLoad {
    const rooms = this.rooms();
    const sum = (count: (room: ActualRoom) => number) => rooms.reduce((total, room) => total + count(room), 0);
    return {
      rooms: rooms.length,
      seats: sum((room) => Object.keys(room.seats).length),
      tracks: sum((room) => room.tracks.length),
      workers: this.pool.load,
    };
  }

  private handle<T extends MediaRequest['op']>(
    room: RoomMedia,
    participantId: string,
    request: MediaRequestOf<T>,
  ): Promise<unknown> {
    const handler: Handler<T> = requestHandlers[request.op as T];
    return handler(room, participantId, request);
  }

  /** What mediasoup throws is the browser's mistake (parameters that don't fit) unless the room died under the request. */
  private explain(error: unknown, room: RoomMedia, op: string): Error {
    if (error instanceof LyceumError) return error;
    if (room.isClosed) return mediaError('MEDIA.SEAT_GONE', { cause: error });
    this.surroundings.log.warn({ err: error, roomId: room.roomId, op }, 'a media request was refused');
    return mediaError('MEDIA.BAD_REQUEST', { cause: error, detail: op });
  }

  private keeper(roomId: string): RoomKeeper {
    let keeper = this.keepers.get(roomId);
    if (!keeper) {
      keeper = new RoomKeeper(roomId, this.pool, this.surroundings, () => this.listener);
      this.keepers.set(roomId, keeper);
    }
    return keeper;
  }

  private sweep(): void {
    for (const [roomId, keeper] of this.keepers) {
      if (!keeper.isIdle(IDLE_MS)) continue;
      keeper.close();
      this.keepers.delete(roomId);
    }
  }
}
