import {
  mediaToRecorderSchema,
  RECORDER_LINK_PATH,
  type MediaToRecorder,
  type RecorderToMedia,
} from '@lyceum/contracts';
import { createWorker, type types } from 'mediasoup';
import { WebSocketServer, type WebSocket } from 'ws';

type Opening = Extract<MediaToRecorder, { t: 'track-open' }>;

/** What arrived of one opened track. */
export interface Arrived {
  readonly opening: Opening;
  packets: number;
  readonly ssrcs: Set<number>;
  senderReports: number;
}

/** The other end of the recorder link: a worker that counts what arrives and keeps nothing. */
export class SmallRecorder {
  readonly frames: MediaToRecorder[] = [];
  readonly arrived = new Map<string, Arrived>();
  private wss: WebSocketServer | undefined;
  private worker!: types.Worker;
  private router!: types.Router;
  private readonly pipes = new Map<string, types.PipeTransport>();

  constructor(
    private readonly port: number,
    private readonly workerBin: string,
  ) {}

  async start(): Promise<void> {
    this.worker = await createWorker({ workerBin: this.workerBin });
    this.router = await this.worker.createRouter({
      mediaCodecs: [
        { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
        { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
      ],
    });
    this.wss = new WebSocketServer({ port: this.port, host: '127.0.0.1', path: RECORDER_LINK_PATH });
    this.wss.on('connection', (socket) => {
      this.say(socket, { t: 'welcome', instance: 'recorder-test' });
      socket.on('message', (data) => void this.received(socket, String(data)));
    });
  }

  get workerPid(): number {
    return this.worker.pid;
  }

  /** As a killed process goes: sockets break, packets arrive nowhere. */
  stop(): void {
    for (const socket of this.wss?.clients ?? []) socket.terminate();
    this.wss?.close();
    this.worker.close();
    this.pipes.clear();
    this.arrived.clear();
  }

  heard<T extends MediaToRecorder['t']>(t: T): Extract<MediaToRecorder, { t: T }>[] {
    return this.frames.filter((frame): frame is Extract<MediaToRecorder, { t: T }> => frame.t === t);
  }

  private async received(socket: WebSocket, text: string): Promise<void> {
    const frame = mediaToRecorderSchema.parse(JSON.parse(text));
    if (frame.t === 'ping') return this.say(socket, { t: 'pong' });
    this.frames.push(frame);
    if (frame.t === 'open')
      return this.say(socket, { t: 'reply', id: frame.id, result: { pipe: await this.open(frame) } });
    if (frame.t === 'track-open') await this.openTrack(frame);
    if (frame.t === 'track-open' || frame.t === 'close') this.say(socket, { t: 'reply', id: frame.id, result: {} });
  }

  private async open({ recordingId, pipe }: Extract<MediaToRecorder, { t: 'open' }>) {
    this.pipes.get(recordingId)?.close();
    const transport = await this.router.createPipeTransport({
      listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
      enableRtx: true,
      enableSrtp: true,
    });
    await transport.connect({ ...pipe, srtpParameters: pipe.srtpParameters as types.SrtpParameters });
    this.pipes.set(recordingId, transport);
    if (!transport.srtpParameters) throw new Error('no keys');
    return { ip: '127.0.0.1', port: transport.tuple.localPort, srtpParameters: transport.srtpParameters };
  }

  private async openTrack(opening: Opening): Promise<void> {
    const { recordingId, kind, paused } = opening;
    const rtpParameters = opening.rtpParameters as types.RtpParameters;
    const producer = await this.pipes.get(recordingId)?.produce({ kind, rtpParameters, paused });
    if (!producer) throw new Error('no pipe');
    const arrived: Arrived = { opening, packets: 0, ssrcs: new Set(), senderReports: 0 };
    this.arrived.set(opening.trackId, arrived);
    await producer.enableTraceEvent(['sr']);
    producer.on('trace', () => (arrived.senderReports += 1));
    const direct = await this.router.createDirectTransport();
    const { rtpCapabilities } = this.router;
    const consumer = await direct.consume({ producerId: producer.id, rtpCapabilities, pipe: true });
    consumer.on('rtp', (packet) => {
      arrived.packets += 1;
      arrived.ssrcs.add(packet.readUInt32BE(8));
    });
    if (kind === 'video') await consumer.requestKeyFrame();
  }

  private say(socket: WebSocket, frame: RecorderToMedia): void {
    socket.send(JSON.stringify(frame));
  }
}
