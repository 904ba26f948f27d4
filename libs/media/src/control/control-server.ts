import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  apiToMediaSchema,
  CONTROL_HEARTBEAT_MS,
  CONTROL_LEASE_MS,
  type ApiToMedia,
  type MediaToApi,
} from '@lyceum/contracts';
import { toProblem } from '@lyceum/platform/errors';
import type { Logger } from '@lyceum/platform/telemetry';
import type { WebSocket } from 'ws';
import type { MediaEngine } from '../engine/media-engine.js';
import { parseFrame } from '../link/frames.js';

export interface ControlServerOptions {
  readonly node: string;
  readonly region: string;
}

/** Rooms that find another node do so within this time; those that don't will not. */
const DRAIN_STALLS_MS = 1_500;
const DRAIN_LOOK_MS = 100;

/** The end of control WebSockets that apis open. Tells every api everything, so each of them can die. */
export class ControlServer {
  private readonly heardAt = new Map<WebSocket, number>();
  private heartbeat: NodeJS.Timeout | undefined;
  private beatAt = 0;
  private epoch = randomUUID();
  private draining = false;
  private releasedAt = 0;

  constructor(
    private readonly engine: MediaEngine,
    private readonly options: ControlServerOptions,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.engine.listen({
      // Never before the answer to a request that was handled earlier: a list of tracks would undo what came after it.
      event: (roomId, to, event) => setImmediate(() => this.tellAll({ t: 'event', roomId, to: [...to], event })),
      actual: (actual) => this.tellAll({ t: 'actual', actual }),
    });
    this.beatAt = Date.now();
    this.heartbeat = setInterval(() => this.beat(), CONTROL_HEARTBEAT_MS);
  }

  /** Asks the apis to move every room elsewhere. Resolves when all are gone, or no more of them go. */
  async drain(): Promise<void> {
    this.draining = true;
    this.releasedAt = Date.now();
    this.log.info({ rooms: this.engine.rooms().length }, 'the media node drains');
    this.beat();
    while (this.engine.rooms().length > 0 && Date.now() - this.releasedAt < DRAIN_STALLS_MS) await delay(DRAIN_LOOK_MS);
  }

  close(): void {
    clearInterval(this.heartbeat);
    for (const socket of this.heardAt.keys()) socket.close(1001, 'the media node stops');
  }

  /** An api that showed the token. */
  accept(socket: WebSocket): void {
    const { node, region } = this.options;
    this.heardAt.set(socket, Date.now());
    socket.on('message', (data) => {
      this.heardAt.set(socket, Date.now());
      const frame = parseFrame(apiToMediaSchema, data);
      if (frame) this.received(socket, frame);
      else this.log.warn('a control frame that is not of the contract was dropped');
    });
    socket.on('error', (error) => this.log.debug({ reason: error.message }, 'control socket failed'));
    socket.on('close', () => this.heardAt.delete(socket));
    this.tell(socket, { t: 'welcome', node, region, epoch: this.epoch, rooms: this.engine.rooms() });
    this.tell(socket, this.pulse());
  }

  private received(socket: WebSocket, frame: ApiToMedia): void {
    switch (frame.t) {
      case 'hello':
        this.log.info({ api: frame.instance }, 'an api is connected');
        return;
      case 'heartbeat':
        return;
      case 'wanted':
        return this.engine.apply(frame.wanted, frame.place);
      case 'release':
        this.releasedAt = Date.now() + frame.afterMs;
        return this.engine.release(frame.roomId, frame.version, frame.afterMs);
      case 'request':
        void this.answer(socket, frame);
    }
  }

  private async answer(socket: WebSocket, frame: Extract<ApiToMedia, { t: 'request' }>): Promise<void> {
    const { id, roomId, participantId } = frame;
    try {
      const payload = await this.engine.negotiate(roomId, participantId, frame.payload);
      this.tell(socket, { t: 'response', id, payload });
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status >= 500) this.log.error({ err: error, roomId, participantId }, 'a media request failed');
      this.tell(socket, { t: 'response', id, payload: null, problem });
    }
  }

  private beat(): void {
    const now = Date.now();
    if (now - this.beatAt > CONTROL_LEASE_MS + CONTROL_HEARTBEAT_MS) this.wasGone();
    this.beatAt = now;
    for (const [socket, heardAt] of this.heardAt) {
      if (now - heardAt > CONTROL_LEASE_MS) socket.terminate();
      else this.tell(socket, this.pulse());
    }
  }

  private pulse(): Extract<MediaToApi, { t: 'heartbeat' }> {
    return { t: 'heartbeat', load: this.engine.load(), draining: this.draining };
  }

  /**
   * This process stood still for longer than its lease: its rooms are on other nodes by now, and it must not go on with them, above
   * all not with their recordings. What still is to be here, the apis say again.
   */
  private wasGone(): void {
    this.log.error('the media node stood still for longer than its lease and gives up its rooms');
    this.engine.abandon();
    this.epoch = randomUUID();
    for (const socket of this.heardAt.keys()) socket.terminate();
  }

  private tellAll(frame: MediaToApi): void {
    const text = JSON.stringify(frame);
    for (const socket of this.heardAt.keys()) socket.send(text);
  }

  private tell(socket: WebSocket, frame: MediaToApi): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  }
}
