import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createWorker, type types } from 'mediasoup';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';

const rtp = z.custom<types.RtpParameters>((value) => typeof value === 'object' && value !== null);
const capabilities = z.custom<types.RtpCapabilities>((value) => typeof value === 'object' && value !== null);
const dtls = z.custom<types.DtlsParameters>((value) => typeof value === 'object' && value !== null);
const requestSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('prepare') }),
  z.object({ op: z.literal('connectTransport'), direction: z.enum(['send', 'recv']), dtlsParameters: dtls }),
  z.object({ op: z.literal('produce'), source: z.string(), rtpParameters: rtp }),
  z.object({ op: z.literal('consume'), trackIds: z.array(z.string()), rtpCapabilities: capabilities }),
  z.object({ op: z.literal('resumeConsumer') }),
]);
const frameSchema = z.object({ t: z.string(), id: z.string().optional(), payload: z.unknown().optional() });

/**
 * mediasoup and nothing else, to compare our media node with: the same worker program, codecs and transports, spoken to
 * by the same robots in the same words. No rooms, rights, levels or recording.
 */
export class BareSfu {
  private readonly producers: types.Producer[] = [];

  private constructor(
    private readonly worker: types.Worker,
    private readonly server: types.WebRtcServer,
    private readonly router: types.Router,
    private readonly sockets: WebSocketServer,
  ) {
    sockets.on('connection', (socket) => this.serve(socket));
  }

  static async start(workerBin: string): Promise<BareSfu> {
    const worker = await createWorker({ workerBin, logLevel: 'error' });
    const server = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
    const router = await worker.createRouter({
      mediaCodecs: [
        { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, rtcpFeedback: [{ type: 'nack' }] },
        { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
      ],
    });
    const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(sockets, 'listening');
    return new BareSfu(worker, server, router, sockets);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.sockets.address() as AddressInfo).port}`;
  }

  /** Process id of its worker. */
  get pid(): number {
    return this.worker.pid;
  }

  close(): void {
    this.sockets.close();
    this.worker.close();
  }

  private serve(socket: WebSocket): void {
    const seat = new BareSeat(this.server, this.router, this.producers);
    socket.on('message', (data) => {
      const frame = frameSchema.parse(JSON.parse(String(data)));
      const say = (answer: object) => socket.send(JSON.stringify(answer));
      if (frame.t === 'hello') say({ t: 'welcome' });
      else if (frame.t === 'cmd') say({ t: 'ack', id: frame.id, number: 0, result: {} });
      else
        seat.answer(requestSchema.parse(frame.payload)).then(
          (payload) => say({ t: 'media-ack', id: frame.id, payload }),
          (error: unknown) => say({ t: 'nack', id: frame.id, problem: { code: 'BARE', detail: String(error) } }),
        );
    });
  }
}

/** What one robot has: two transports, as in a room. */
class BareSeat {
  private readonly transports = new Map<string, types.WebRtcTransport>();
  private readonly consumers: types.Consumer[] = [];

  constructor(
    private readonly server: types.WebRtcServer,
    private readonly router: types.Router,
    private readonly producers: types.Producer[],
  ) {}

  async answer(request: z.infer<typeof requestSchema>): Promise<object> {
    switch (request.op) {
      case 'prepare':
        return this.prepare();
      case 'connectTransport':
        await this.transport(request.direction).connect({ dtlsParameters: request.dtlsParameters });
        return {};
      case 'produce': {
        const kind = request.source === 'mic' ? 'audio' : 'video';
        const producer = await this.transport('send').produce({ kind, rtpParameters: request.rtpParameters });
        this.producers.push(producer);
        return { trackId: producer.id, held: false };
      }
      case 'consume':
        return { consumers: await this.consume(request.trackIds, request.rtpCapabilities) };
      case 'resumeConsumer':
        await Promise.all(this.consumers.map((consumer) => consumer.resume()));
        return {};
    }
  }

  private async prepare(): Promise<object> {
    const [send, recv] = await Promise.all([this.open('send'), this.open('recv')]);
    const tracks = this.producers.map(({ id, kind }) => ({ trackId: id, kind }));
    return { seat: 'bare', routerRtpCapabilities: this.router.rtpCapabilities, send, recv, tracks };
  }

  private async open(direction: string): Promise<object> {
    const transport = await this.router.createWebRtcTransport({ webRtcServer: this.server, enableSctp: true });
    this.transports.set(direction, transport);
    const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
    return { id, iceParameters, iceCandidates, dtlsParameters };
  }

  private async consume(trackIds: readonly string[], rtpCapabilities: types.RtpCapabilities): Promise<object[]> {
    const consumers = await Promise.all(
      trackIds.map((producerId) => this.transport('recv').consume({ producerId, rtpCapabilities, paused: true })),
    );
    this.consumers.push(...consumers);
    return consumers.map(({ producerId, kind, rtpParameters }) => ({ trackId: producerId, kind, rtpParameters }));
  }

  private transport(direction: string): types.WebRtcTransport {
    const transport = this.transports.get(direction);
    if (!transport) throw new Error('prepare comes first');
    return transport;
  }
}
