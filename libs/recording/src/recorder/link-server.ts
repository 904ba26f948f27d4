import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  LINK_HEARTBEAT_MS,
  LINK_LEASE_MS,
  mediaToRecorderSchema,
  RECORDER_LINK_PATH,
  type MediaToRecorder,
  type RecorderToMedia,
} from '@lyceum/contracts';
import { toProblem } from '@lyceum/platform/errors';
import { processLogger } from '@lyceum/platform/telemetry';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { recordingError } from '../domain/errors.js';
import type { RecorderOptions } from './recorder-options.js';
import type { LinkId, Recorder } from './recorder.js';

/** RTP parameters of a track are the largest thing said here, a few kilobytes. */
const MAX_FRAME_BYTES = 256 * 1024;

/** The control socket that media nodes connect to (contracts: media/recorder-link). */
export class LinkServer {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  private readonly log = processLogger();

  constructor(
    private readonly options: RecorderOptions,
    private readonly recorder: Recorder,
  ) {}

  /** Takes the upgrades of `server`. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  stop(): void {
    for (const socket of this.sockets.clients) socket.close(1001, 'the recorder stops');
    this.sockets.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { pathname } = new URL(request.url ?? '/', 'http://recorder');
    if (pathname !== RECORDER_LINK_PATH) return refuse(socket, '404 Not Found');
    if (!isToken(request.headers.authorization, this.options.controlToken)) return refuse(socket, '401 Unauthorized');
    this.sockets.handleUpgrade(request, socket, head, (ws) => new Link(ws, this.options, this.recorder, this.log));
  }
}

/** One media node's socket. Requests are worked off one after the other, heartbeats at once. */
class Link {
  private readonly id: LinkId = Symbol('link');
  private readonly heartbeat: NodeJS.Timeout;
  private heardAt = Date.now();
  private work: Promise<void> = Promise.resolve();
  private node = '';

  constructor(
    private readonly socket: WebSocket,
    private readonly options: RecorderOptions,
    private readonly recorder: Recorder,
    private readonly log: ReturnType<typeof processLogger>,
  ) {
    this.heartbeat = setInterval(() => this.beat(), LINK_HEARTBEAT_MS);
    socket.on('message', (data) => this.received(data));
    socket.on('error', (err) => this.log.debug({ reason: err.message, node: this.node }, 'link failed'));
    socket.on('close', () => this.closed());
  }

  private received(data: RawData): void {
    this.heardAt = Date.now();
    const frame = parse(data);
    if (!frame) return this.log.warn({ node: this.node }, 'a frame that is not of the contract was dropped');
    if (frame.t === 'ping') return this.send({ t: 'pong' });
    if (frame.t === 'pong') return;
    this.work = this.work.then(() => this.handle(frame));
  }

  private async handle(frame: MediaToRecorder): Promise<void> {
    try {
      const pipe = await this.dispatch(frame);
      if ('id' in frame) this.send({ t: 'reply', id: frame.id, result: pipe ? { pipe } : {} });
    } catch (err) {
      this.log.error({ err, frame: frame.t, node: this.node }, 'a request of a media node failed');
      if ('id' in frame) this.send({ t: 'reply', id: frame.id, problem: toProblem(err) });
    }
  }

  private async dispatch(frame: MediaToRecorder) {
    switch (frame.t) {
      case 'hello':
        this.node = frame.node;
        this.log.info({ node: frame.node }, 'media node connected');
        return this.send({ t: 'welcome', instance: this.options.instance });
      case 'open':
        return this.recorder.open(this.id, frame);
      case 'track-open':
        return this.recorder.openTrack(frame);
      case 'track-pause':
        return this.recorder.pauseTrack(frame.recordingId, frame.trackId);
      case 'track-resume':
        return this.recorder.resumeTrack(frame.recordingId, frame.trackId);
      case 'track-close':
        return this.recorder.closeTrack(frame.recordingId, frame.trackId);
      case 'close':
        await this.recorder.close(frame.recordingId);
        return this.send({ t: 'status', recordingId: frame.recordingId, state: 'closed', tracks: 0, bytes: 0 });
    }
  }

  /** Once a second: proof of life both ways, and how the recordings are. */
  private beat(): void {
    if (Date.now() - this.heardAt > LINK_LEASE_MS) return this.socket.terminate();
    this.send({ t: 'ping' });
    for (const { recordingId, feed } of this.recorder.feedsOf(this.id)) {
      const told = { t: 'status' as const, recordingId, tracks: feed.trackCount, bytes: feed.bytes };
      if (feed.fault === null) this.send({ ...told, state: 'recording' });
      else
        this.send({
          ...told,
          state: 'failed',
          problem: toProblem(recordingError('RECORDING.DISK', { detail: feed.fault })),
        });
    }
  }

  private closed(): void {
    clearInterval(this.heartbeat);
    this.log.info({ node: this.node }, 'media node is gone');
    this.work = this.work.then(() => this.recorder.linkLost(this.id));
  }

  private send(frame: RecorderToMedia): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(frame));
  }
}

function parse(data: RawData): MediaToRecorder | null {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);
  try {
    return mediaToRecorderSchema.safeParse(JSON.parse(bytes.toString())).data ?? null;
  } catch {
    return null;
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
}

function isToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
