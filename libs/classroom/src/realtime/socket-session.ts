import { clientFrameSchema, type ClientFrame, type ServerFrame } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { LyceumError, toProblem } from '@lyceum/platform/errors';
import type { RawData, WebSocket } from 'ws';
import { roomError } from '../domain/errors.js';
import { prepare } from '../domain/prepare.js';
import { refuse } from '../domain/refuse.js';
import { CLOSE_NORMAL, CLOSE_TRY_AGAIN, SeatSocket } from './seat-socket.js';
import type { SocketServices } from './socket-services.js';
import { TokenBucket } from './token-bucket.js';

/** A socket that says no hello within this time is closed. */
const HELLO_WITHIN_MS = 10_000;

/** Joining a big class sends a few media messages per track at once; a person typing sends a few a second. */
const MESSAGES_PER_SECOND = 50;
const MESSAGES_AT_ONCE = 300;

type Frame<T extends ClientFrame['t']> = Extract<ClientFrame, { t: T }>;

/** One socket from its upgrade to its close: hello first, then commands and media messages, each answered. */
export class SocketSession {
  private seated: { readonly roomId: string; readonly socket: SeatSocket } | null = null;
  /** Clients say what they want right behind their hello: it waits here, in order, and no round trip is spent on waiting. */
  private greeting: Promise<void> | null = null;
  private closed = false;
  private readonly bucket = new TokenBucket(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE, performance.now());
  private readonly impatience: NodeJS.Timeout;

  constructor(
    private readonly ctx: RequestContext,
    private readonly socket: WebSocket,
    /** Of the network that it comes from, if that is known. */
    private readonly region: string | null,
    private readonly services: SocketServices,
  ) {
    this.impatience = setTimeout(() => this.bye(roomError('ROOM.BAD_FRAME')), HELLO_WITHIN_MS);
  }

  start(): void {
    this.socket.on('message', (data, isBinary) => this.received(data, isBinary));
    this.socket.on('error', (err) => this.ctx.log.debug({ err }, 'socket failed'));
    this.socket.on('close', () => {
      this.closed = true;
      clearTimeout(this.impatience);
      if (this.seated) this.services.rooms.leave(this.seated.roomId, this.seated.socket);
    });
  }

  private received(data: RawData, isBinary: boolean): void {
    const frame = isBinary ? null : parse(data);
    if (!frame) return this.bye(roomError('ROOM.BAD_FRAME'));
    const allowed = this.bucket.take(performance.now());
    switch (frame.t) {
      case 'ping':
        return this.send({ t: 'pong', now: Date.now() });
      case 'hello':
        if (this.greeting) return this.bye(roomError('ROOM.BAD_FRAME', { detail: 'one hello per socket' }));
        this.greeting = this.hello(frame).catch((error: unknown) => this.bye(error));
        return;
      case 'cmd':
      case 'media':
        return void this.answer(frame, allowed).catch((error: unknown) => this.nack(frame.id, error));
    }
  }

  private async hello(frame: Frame<'hello'>): Promise<void> {
    clearTimeout(this.impatience);
    try {
      const { room, participant, webSession } = await this.services.seats.requireSeat(this.ctx, frame.seatToken);
      const { id: participantId, personId, role, seatEpoch } = participant;
      const ctx = this.ctx.withActor({ kind: 'participant', personId, participantId, roomId: room.id });
      const seat = { participantId, personId, role, epoch: seatEpoch, webSession };
      const socket = new SeatSocket(ctx, seat, this.socket);
      if (this.closed) return;
      this.seated = { roomId: room.id, socket };
      await this.services.presence.arrived(ctx, participant, this.region);
      await this.services.rooms.join(room.id, socket, frame.since);
      if (this.closed) this.services.rooms.leave(room.id, socket);
    } catch (error) {
      // Only a refusal is final. When the database is away the client shall come back and try again.
      if (error instanceof LyceumError && error.status < 500) throw error;
      this.ctx.log.error({ err: error }, 'hello failed');
      this.socket.close(CLOSE_TRY_AGAIN);
    }
  }

  private async answer(frame: Frame<'cmd'> | Frame<'media'>, allowed: boolean): Promise<void> {
    if (!allowed) return refuse('ROOM.TOO_FAST');
    await this.greeting;
    const { seated } = this;
    if (!seated) return refuse('ROOM.NOT_FOUND');
    if (frame.t === 'media') return this.negotiate(frame, seated.roomId, seated.socket);
    const { ctx, seat } = seated.socket;
    const { number, result } = await this.services.writer.submit({
      kind: 'command',
      ctx,
      roomId: seated.roomId,
      commandId: frame.id,
      command: prepare(frame.type, frame.payload),
      participantId: seat.participantId,
      seatEpoch: seat.epoch,
    });
    this.send({ t: 'ack', id: frame.id, number, result });
  }

  private async negotiate(frame: Frame<'media'>, roomId: string, { ctx, seat }: SeatSocket): Promise<void> {
    const { participantId, role } = seat;
    const mediaSeat = { tenantId: ctx.tenant.id, roomId, participantId, role };
    const payload = await this.services.media.negotiate(ctx, mediaSeat, frame.engine, frame.payload);
    this.send({ t: 'media-ack', id: frame.id, payload });
  }

  private send(frame: ServerFrame): void {
    if (this.seated) this.seated.socket.send(frame);
    else if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** A fault of ours is told as "unavailable": its outcome is unknown, so the client repeats the same command id. */
  private nack(id: string, error: unknown): void {
    const refusal = error instanceof LyceumError && error.status !== 500;
    if (!refusal) this.ctx.log.error({ err: error, commandId: id }, 'a message failed');
    const told = refusal ? error : roomError('ROOM.UNAVAILABLE');
    this.send({ t: 'nack', id, problem: toProblem(told, this.ctx.requestId) });
  }

  private bye(error: unknown): void {
    this.send({ t: 'bye', problem: toProblem(error, this.ctx.requestId) });
    this.socket.close(CLOSE_NORMAL);
  }
}

function parse(data: RawData): ClientFrame | null {
  try {
    return clientFrameSchema.safeParse(JSON.parse(String(data))).data ?? null;
  } catch {
    return null;
  }
}
