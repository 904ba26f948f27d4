import type { Logger } from '@lyceum/platform/telemetry';
import { WebSocket } from 'ws';
import type { z } from 'zod';
import { parseFrame } from './frames.js';

export interface LinkOptions<In extends z.ZodType, Out> {
  /** For the log: who is at the other end. */
  readonly peer: string;
  readonly url: string;
  readonly token: string;
  readonly incoming: In;
  /** Sent every `heartbeatMs`, so that the other side hears something. */
  readonly heartbeat: Out;
  readonly heartbeatMs: number;
  /** Silence after which the connection counts as dead: a killed host closes no socket. */
  readonly leaseMs: number;
  readonly log: Logger;
  opened(): void;
  received(frame: z.infer<In>): void;
  /** Only after an `opened`. `silent`: the peer said nothing for its lease; otherwise the connection broke. */
  closed(silent: boolean): void;
  /** Nobody listens there: its process is gone. Again with every attempt. */
  refused?(): void;
}

const FIRST_RETRY_MS = 100;
/** Both ends are on one campus: asking often costs nothing, and a recording that waits loses seconds. */
const LAST_RETRY_MS = 500;

/** The lease is looked at this often. */
const LOOKS_A_LEASE = 12;

/** A WebSocket to one peer that is opened again for ever, with heartbeat and lease. Frames sent while it is down are lost. */
export class ReconnectingLink<In extends z.ZodType, Out> {
  private socket: WebSocket | undefined;
  private up = false;
  private stopped = true;
  private retryMs = FIRST_RETRY_MS;
  private retryTimer: NodeJS.Timeout | undefined;
  private heartbeatTimer: NodeJS.Timeout | undefined;
  private leaseTimer: NodeJS.Timeout | undefined;
  private heardAt = 0;
  private silent = false;

  constructor(private readonly options: LinkOptions<In, Out>) {}

  get isUp(): boolean {
    return this.up;
  }

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retryTimer);
    this.socket?.terminate();
  }

  /** False when the link is down. */
  send(frame: Out): boolean {
    if (!this.up || !this.socket) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private connect(): void {
    const { url, token, peer, log, leaseMs } = this.options;
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` }, handshakeTimeout: leaseMs });
    this.socket = socket;
    socket.on('open', () => this.opened());
    socket.on('message', (data) => {
      this.heardAt = Date.now();
      const frame = parseFrame(this.options.incoming, data);
      if (frame === null) log.warn({ peer }, 'a frame that is not of the contract was dropped');
      else this.options.received(frame);
    });
    // Every failure ends in `close`; while the peer is down this is the normal case.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      log.debug({ peer, reason: error.message }, 'control link failed');
      if (error.code === 'ECONNREFUSED') this.options.refused?.();
    });
    socket.on('close', () => this.wentDown());
  }

  private opened(): void {
    const { peer, log, heartbeat, heartbeatMs } = this.options;
    this.up = true;
    this.silent = false;
    this.retryMs = FIRST_RETRY_MS;
    this.heardAt = Date.now();
    this.heartbeatTimer = setInterval(() => this.send(heartbeat), heartbeatMs);
    this.watchLease();
    log.info({ peer }, 'control link is up');
    this.options.opened();
  }

  /** A look that comes late says that this process was held up: what the peer said meanwhile has not been read yet. */
  private watchLease(): void {
    const { peer, log, leaseMs } = this.options;
    const everyMs = leaseMs / LOOKS_A_LEASE;
    let lookedAt = Date.now();
    this.leaseTimer = setInterval(() => {
      const now = Date.now();
      if (now - lookedAt > 3 * everyMs) this.heardAt = now;
      lookedAt = now;
      if (now - this.heardAt <= leaseMs) return;
      log.warn({ peer }, 'the peer has been silent for longer than its lease');
      this.silent = true;
      this.socket?.terminate();
    }, everyMs);
  }

  private wentDown(): void {
    clearInterval(this.heartbeatTimer);
    clearInterval(this.leaseTimer);
    const wasUp = this.up;
    this.up = false;
    if (!this.stopped) {
      this.retryTimer = setTimeout(() => this.connect(), this.retryMs);
      this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
    }
    if (!wasUp) return;
    this.options.log.warn({ peer: this.options.peer }, 'control link is down');
    this.options.closed(this.silent);
  }
}
