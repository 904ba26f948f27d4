import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import {
  RECORDER_LINK_PATH,
  recorderToMediaSchema,
  type MediaToRecorder,
  type PipeEnd,
  type RecorderStatus,
  type TrackSource,
} from '@lyceum/contracts';
import { createWorker, type types } from 'mediasoup';
import { WebSocket } from 'ws';

export interface FakeTrack {
  readonly trackId: string;
  readonly participantId: string;
  readonly source: TrackSource;
  readonly producer: types.Producer;
  /** Where an RTP sender sends to. */
  readonly rtpPort: number;
  readonly rtcpPort: number;
}

const codecs: types.RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
];

/** A media node as far as a recorder can tell: a real worker and pipe, with RTP from ffmpeg in place of browsers. */
export class FakeMediaNode {
  private socket: WebSocket | null = null;
  private pipe: types.PipeTransport | null = null;
  private readonly replies = new Map<
    number,
    (frame: { result?: { pipe?: PipeEnd | undefined } | undefined; problem?: unknown }) => void
  >();
  private nextId = 1;
  readonly epoch = randomUUID();
  readonly tracks: FakeTrack[] = [];
  lastStatus: RecorderStatus | null = null;

  private constructor(
    private readonly worker: types.Worker,
    private readonly router: types.Router,
    readonly recording: { recordingId: string; roomId: string; tenantId: string; roomOpenedAtMs: number },
  ) {}

  static async start(workerBin: string, recording: FakeMediaNode['recording']): Promise<FakeMediaNode> {
    const worker = await createWorker({ workerBin, logLevel: 'warn' });
    return new FakeMediaNode(worker, await worker.createRouter({ mediaCodecs: codecs }), recording);
  }

  /** Something of a browser's: a port that takes its RTP. */
  async publish(participantId: string, source: TrackSource, ssrc: number): Promise<FakeTrack> {
    const transport = await this.router.createPlainTransport({ listenIp: '127.0.0.1', rtcpMux: false, comedia: true });
    const audio = source === 'mic' || source === 'screen-audio';
    const codec = audio
      ? { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }
      : { mimeType: 'video/VP8', payloadType: 112, clockRate: 90_000 };
    const trackId = randomUUID();
    const rtpParameters = { codecs: [codec], encodings: [{ ssrc }] };
    const producer = await transport.produce({ id: trackId, kind: audio ? 'audio' : 'video', rtpParameters });
    const rtcpPort = transport.rtcpTuple?.localPort ?? 0;
    const track = { trackId, participantId, source, producer, rtpPort: transport.tuple.localPort, rtcpPort };
    this.tracks.push(track);
    return track;
  }

  /** Connects, opens the recording and offers every track; the recorder may be starting: tries for `withinMs`. */
  async connect(address: string, token: string, withinMs = 10_000): Promise<void> {
    this.socket = await dial(`${address}${RECORDER_LINK_PATH}`, token, Date.now() + withinMs);
    this.socket.on('message', (data) => this.received(recorderToMediaSchema.parse(JSON.parse(String(data)))));
    this.send({ t: 'hello', node: 'fake-1', region: 'test' });
    await this.open();
    for (const track of this.tracks) await this.offer(track);
  }

  async offer({ trackId, participantId, source, producer }: FakeTrack): Promise<void> {
    if (!this.pipe) throw new Error('no pipe');
    const consumer = await this.pipe.consume({ producerId: trackId });
    const { kind, rtpParameters } = consumer;
    const { recordingId } = this.recording;
    const track = { recordingId, trackId, participantId, source, kind, paused: producer.paused };
    const frame = { t: 'track-open' as const, ...track, rtpParameters: JSON.parse(JSON.stringify(rtpParameters)) };
    await this.ask((id) => ({ ...frame, id }));
  }

  async setPaused(track: FakeTrack, paused: boolean): Promise<void> {
    await (paused ? track.producer.pause() : track.producer.resume());
    const { recordingId } = this.recording;
    this.send({ t: paused ? 'track-pause' : 'track-resume', recordingId, trackId: track.trackId });
  }

  /** The end of the class. */
  async finish(): Promise<void> {
    await this.ask((id) => ({ t: 'close', id, recordingId: this.recording.recordingId }));
  }

  /** Resolves when the recorder is gone. */
  async disconnected(): Promise<void> {
    if (this.socket?.readyState === WebSocket.OPEN) await once(this.socket, 'close');
    this.pipe?.close();
  }

  stop(): void {
    this.socket?.terminate();
    this.worker.close();
  }

  private async open(): Promise<void> {
    const listenInfo = { protocol: 'udp' as const, ip: '127.0.0.1' };
    this.pipe = await this.router.createPipeTransport({ listenInfo, enableRtx: true, enableSrtp: true });
    const { tuple, srtpParameters } = this.pipe;
    if (!srtpParameters) throw new Error('no SRTP');
    const pipe = { ip: tuple.localAddress, port: tuple.localPort, srtpParameters };
    const { epoch, recording } = this;
    const answer = await this.ask((id) => ({ t: 'open', id, ...recording, epoch, pipe }));
    if (!answer) throw new Error('no pipe in the answer');
    const { ip, port } = answer;
    await this.pipe.connect({ ip, port, srtpParameters: answer.srtpParameters as types.SrtpParameters });
  }

  private async ask(frame: (id: number) => MediaToRecorder): Promise<PipeEnd | undefined> {
    const id = this.nextId++;
    const answer = new Promise<{ result?: { pipe?: PipeEnd | undefined } | undefined; problem?: unknown }>((resolve) =>
      this.replies.set(id, resolve),
    );
    this.send(frame(id));
    const { result, problem } = await answer;
    if (problem) throw new Error(`the recorder refused: ${JSON.stringify(problem)}`);
    return result?.pipe;
  }

  private received(frame: ReturnType<typeof recorderToMediaSchema.parse>): void {
    if (frame.t === 'ping') this.send({ t: 'pong' });
    if (frame.t === 'status') this.lastStatus = frame;
    if (frame.t === 'reply') this.replies.get(frame.id)?.(frame);
  }

  private send(frame: MediaToRecorder): void {
    this.socket?.send(JSON.stringify(frame));
  }
}

async function dial(url: string, token: string, until: number): Promise<WebSocket> {
  for (;;) {
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
    try {
      await once(socket, 'open');
      socket.on('error', () => undefined);
      return socket;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
