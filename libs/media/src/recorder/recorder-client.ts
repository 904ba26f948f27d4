import {
  LINK_HEARTBEAT_MS,
  LINK_LEASE_MS,
  openResultSchema,
  recorderToMediaSchema,
  type MediaToRecorder,
  type PipeEnd,
  type RecorderStatus,
  type RecorderToMedia,
} from '@lyceum/contracts';
import type { Logger } from '@lyceum/platform/telemetry';
import { PendingRequests } from '../link/pending-requests.js';
import { ReconnectingLink } from '../link/reconnecting-link.js';

export interface RecorderClientOptions {
  /** Address of the recorder's link, with its path. */
  readonly url: string;
  readonly token: string;
  readonly node: string;
  readonly region: string;
}

/** What one recording of this node hears from the link. */
export interface RecorderListener {
  readonly recordingId: string;
  /** The recorder is (again) there and knows nothing of this node. */
  linkUp(): void;
  /** Everything that was open is closed. */
  linkDown(): void;
  status(status: RecorderStatus): void;
  keyFrame(trackId: string): void;
}

type Asking<T extends MediaToRecorder['t']> = Omit<Extract<MediaToRecorder, { t: T }>, 't' | 'id'>;
type Telling = Extract<MediaToRecorder, { t: 'track-pause' | 'track-resume' | 'track-close' }>;

/** An `open` waits for a data key to be stored; more than this means that the recorder hangs. */
const TIMEOUT_MS = 5_000;

/** This node's link to its recorder. Connects with the first recording that is wanted, and again for ever. */
export class RecorderClient {
  private readonly listeners = new Set<RecorderListener>();
  private readonly pending = new PendingRequests(TIMEOUT_MS);
  private readonly link: ReconnectingLink<typeof recorderToMediaSchema, MediaToRecorder>;
  private welcomed = false;

  constructor(options: RecorderClientOptions, log: Logger) {
    const { url, token } = options;
    this.link = new ReconnectingLink({
      peer: 'recorder',
      url,
      token,
      log,
      incoming: recorderToMediaSchema,
      heartbeat: { t: 'ping' },
      heartbeatMs: LINK_HEARTBEAT_MS,
      leaseMs: LINK_LEASE_MS,
      opened: () => this.link.send({ t: 'hello', node: options.node, region: options.region }),
      received: (frame) => this.received(frame),
      closed: () => this.down(),
    });
  }

  get isUp(): boolean {
    return this.welcomed;
  }

  /** Adds a recording; says `linkUp` at once when the link is up. */
  join(listener: RecorderListener): void {
    this.listeners.add(listener);
    this.link.start();
    if (this.welcomed) listener.linkUp();
  }

  leave(listener: RecorderListener): void {
    this.listeners.delete(listener);
  }

  close(): void {
    this.link.stop();
  }

  /** @throws LyceumError MEDIA.UNAVAILABLE, MEDIA.TIMEOUT, or the recorder's refusal. */
  async open(request: Asking<'open'>): Promise<PipeEnd> {
    const answer = await this.pending.ask((id) => this.link.send({ t: 'open', id, ...request }));
    return openResultSchema.parse(answer).pipe;
  }

  async openTrack(request: Asking<'track-open'>): Promise<void> {
    await this.pending.ask((id) => this.link.send({ t: 'track-open', id, ...request }));
  }

  async closeRecording(recordingId: string): Promise<void> {
    await this.pending.ask((id) => this.link.send({ t: 'close', id, recordingId }));
  }

  tell(frame: Telling): void {
    this.link.send(frame);
  }

  private received(frame: RecorderToMedia): void {
    switch (frame.t) {
      case 'welcome':
        this.welcomed = true;
        for (const listener of this.listeners) listener.linkUp();
        return;
      case 'ping':
        this.link.send({ t: 'pong' });
        return;
      case 'pong':
        return;
      case 'reply':
        return this.pending.answer(frame.id, frame.result, frame.problem);
      case 'status':
        return this.each(frame.recordingId, (listener) => listener.status(frame));
      case 'key-frame':
        return this.each(frame.recordingId, (listener) => listener.keyFrame(frame.trackId));
    }
  }

  private each(recordingId: string, fn: (listener: RecorderListener) => void): void {
    for (const listener of this.listeners) if (listener.recordingId === recordingId) fn(listener);
  }

  private down(): void {
    this.welcomed = false;
    this.pending.fail();
    for (const listener of this.listeners) listener.linkDown();
  }
}
