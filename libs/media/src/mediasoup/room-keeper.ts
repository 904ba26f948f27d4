import type { ActualRoom, RoomPlace, WantedRoom } from '@lyceum/contracts';
import type { MediaEngineListener } from '../engine/media-engine.js';
import { servedBy, supersedes } from '../engine/wanted.js';
import { mediaError } from '../errors.js';
import { openRoom, type RoomSurroundings } from './room-maker.js';
import type { RoomMedia } from './room-media.js';
import type { WorkerPool } from './worker-pool.js';

/** Changes within this time are reported together. */
const REPORT_AFTER_MS = 20;
const REOPEN_AFTER_MS = 250;

/** One room of this node through all its incarnations: remembers what is wanted and makes it so on a living worker. */
export class RoomKeeper {
  private wanted: WantedRoom | undefined;
  private place: RoomPlace | undefined;
  private room: RoomMedia | undefined;
  private opening: Promise<RoomMedia> | undefined;
  private report: NodeJS.Timeout | undefined;
  private freeWorker: () => void = () => undefined;
  /** The room has been another node's since this version. */
  private releasedBy: number | undefined;
  private leaving: NodeJS.Timeout | undefined;
  private closed = false;
  private touchedAt = Date.now();

  constructor(
    private readonly roomId: string,
    private readonly pool: WorkerPool,
    private readonly surroundings: RoomSurroundings,
    private readonly listener: () => MediaEngineListener | undefined,
  ) {}

  /** The living incarnation, made when there is none. */
  current(): Promise<RoomMedia> {
    this.touchedAt = Date.now();
    if (this.room) return Promise.resolve(this.room);
    if (this.releasedBy !== undefined) return Promise.reject(mediaError('MEDIA.UNAVAILABLE'));
    this.opening ??= this.open().finally(() => (this.opening = undefined));
    return this.opening;
  }

  apply(wanted: WantedRoom, place: RoomPlace): void {
    if (!supersedes(wanted, this.wanted) || wanted.version <= (this.releasedBy ?? -1)) return;
    // It is back: what is left of its earlier stay is not what it should be.
    if (this.releasedBy !== undefined) this.dropRoom();
    this.releasedBy = undefined;
    this.wanted = wanted;
    this.place = place;
    this.touchedAt = Date.now();
    if (wanted.ended) return this.end();
    if (this.room) this.room.apply(wanted, place);
    else if (this.isNeeded) void this.reopenFor([]);
  }

  /** Another node has the room by `version`. Who is still here keeps their media for `afterMs`. */
  release(version: number, afterMs: number): void {
    if (version < (this.wanted?.version ?? 0)) return;
    this.releasedBy = version;
    this.wanted = undefined;
    this.room?.leaveRecording();
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.dropRoom(), afterMs);
  }

  actual(): ActualRoom | null {
    return this.room?.actual() ?? null;
  }

  get hasEnded(): boolean {
    return this.wanted?.ended ?? false;
  }

  /** Nobody is here, nobody is expected, and nothing was asked for `idleMs`. */
  isIdle(idleMs: number): boolean {
    const quiet = Date.now() - this.touchedAt > idleMs;
    return quiet && (this.room?.isEmpty ?? true) && !this.isNeeded;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.report);
    this.dropRoom();
  }

  /** A recording or somebody of this node needs it. Branches that do come by themselves. */
  private get isNeeded(): boolean {
    const { wanted, place } = this;
    if (!wanted || !place) return false;
    const here = ([participantId, seat]: [string, { present: boolean }]) =>
      seat.present && servedBy(place, participantId) === this.surroundings.node;
    return wanted.recording !== null || Object.entries(wanted.seats).some(here);
  }

  private async open(): Promise<RoomMedia> {
    const { worker, release } = this.pool.take();
    try {
      const room = await openRoom(this.roomId, worker, this.surroundings, {
        event: (to, event) => this.listener()?.event(this.roomId, to, event),
        changed: () => this.reportSoon(),
      });
      if (this.closed || this.wanted?.ended || this.releasedBy !== undefined) {
        room.close();
        throw new Error('the room was closed while it opened');
      }
      room.router.on('workerclose', () => this.died(room));
      this.room = room;
      this.freeWorker = release;
      if (this.wanted && this.place) room.apply(this.wanted, this.place);
      return room;
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Browsers prepare again as soon as there is something to prepare on. A moment later, since routers hear of the death before
   * their worker does, and the room would ask the dead one.
   */
  private died(room: RoomMedia): void {
    if (this.room !== room) return;
    const people = room.people();
    this.dropRoom();
    setImmediate(() => void this.reopenFor(people));
  }

  private async reopenFor(people: readonly string[]): Promise<void> {
    while (!this.closed && !this.hasEnded && this.releasedBy === undefined) {
      try {
        const { epoch } = await this.current();
        if (people.length > 0) this.listener()?.event(this.roomId, people, { type: 'reset', epoch });
        return;
      } catch (error) {
        this.surroundings.log.warn({ err: error, roomId: this.roomId }, 'the room has no media yet, trying again');
        await new Promise((resolve) => setTimeout(resolve, REOPEN_AFTER_MS));
      }
    }
  }

  private end(): void {
    this.room?.end();
    this.dropRoom();
  }

  private dropRoom(): void {
    clearTimeout(this.leaving);
    this.room?.close();
    this.room = undefined;
    this.freeWorker();
    this.freeWorker = () => undefined;
  }

  private reportSoon(): void {
    this.report ??= setTimeout(() => {
      this.report = undefined;
      const actual = this.actual();
      if (actual) this.listener()?.actual(actual);
    }, REPORT_AFTER_MS);
  }
}
