import type { ActualRecording, RecorderStatus, WantedRecording } from '@lyceum/contracts';
import { toProblem } from '@lyceum/platform/errors';
import type { Logger } from '@lyceum/platform/telemetry';
import type { types } from 'mediasoup';
import { connectPipe, endOf, openPipe } from '../mediasoup/pipe-transport.js';
import type { PublishedTrack } from '../mediasoup/published-track.js';
import type { RecorderClient, RecorderListener } from './recorder-client.js';
import type { RecordedRoom } from './room-recording.js';

/** Pause after a refusal or a time-out before the next attempt. */
const RETRY_MS = 1_000;

/** One recording's pipe transport to the recorder, opened again whenever the recorder comes back. */
export class RecordingPipe implements RecorderListener {
  private tracks: readonly PublishedTrack[] = [];
  private transport: types.PipeTransport | undefined;
  private readonly piped = new Map<string, types.Consumer>();
  private heard: RecorderStatus | undefined;
  private fault: unknown;
  private working = false;
  private again = false;
  private stopped = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly wanted: WantedRecording,
    private readonly room: RecordedRoom,
    private readonly client: RecorderClient,
    private readonly log: Logger,
    private readonly changed: () => void,
  ) {}

  get recordingId(): string {
    return this.wanted.recordingId;
  }

  start(): void {
    this.client.join(this);
  }

  /** The tracks that should be recorded now. */
  setTracks(tracks: Iterable<PublishedTrack>): void {
    this.tracks = [...tracks];
    this.reconcile();
  }

  /** Ends the recording on the recorder's side too, when it is there to hear it. */
  stop(): void {
    if (this.stopped) return;
    this.abandon();
    if (!this.client.isUp) return;
    this.client.closeRecording(this.recordingId).catch((error: unknown) => {
      this.log.warn({ err: error, recordingId: this.recordingId }, 'the recorder did not confirm the end');
    });
  }

  /** Lets go without a word: another pipe will take this recording over. */
  abandon(): void {
    this.stopped = true;
    clearTimeout(this.retry);
    this.client.leave(this);
    this.drop();
  }

  actual(): ActualRecording {
    const { recordingId, heard, fault } = this;
    const base = { recordingId, tracks: this.piped.size, bytes: heard?.bytes ?? 0 };
    if (fault !== undefined) return { ...base, state: 'failed', problem: toProblem(fault) };
    if (heard?.state === 'failed')
      return { ...base, state: 'failed', ...(heard.problem && { problem: heard.problem }) };
    return { ...base, state: this.transport ? 'recording' : 'connecting' };
  }

  linkUp(): void {
    this.drop();
    this.reconcile();
  }

  linkDown(): void {
    this.heard = undefined;
    this.drop();
    this.changed();
  }

  status(status: RecorderStatus): void {
    const before = this.heard?.state;
    this.heard = status;
    if (before !== status.state) this.changed();
  }

  keyFrame(trackId: string): void {
    this.piped
      .get(trackId)
      ?.requestKeyFrame()
      .catch(() => undefined);
  }

  /** One run at a time; what changes meanwhile is looked at in another. */
  private reconcile(): void {
    this.again = true;
    if (!this.working) void this.work();
  }

  private async work(): Promise<void> {
    this.working = true;
    while (this.again && !this.stopped && this.client.isUp) {
      this.again = false;
      try {
        await this.openPipe();
        await this.alignTracks();
        this.fault = undefined;
      } catch (error) {
        if (!this.stopped && this.client.isUp) this.failed(error);
      }
    }
    this.working = false;
    if (!this.stopped) this.changed();
  }

  private async openPipe(): Promise<void> {
    if (this.transport) return;
    const { router, roomId, epoch, pipeIp } = this.room;
    const transport = await openPipe(router, { ip: pipeIp });
    try {
      const pipe = endOf(transport);
      const { recordingId, tenantId, roomOpenedAtMs } = this.wanted;
      const end = await this.client.open({ recordingId, tenantId, roomId, roomOpenedAtMs, epoch, pipe });
      await connectPipe(transport, end);
    } catch (error) {
      transport.close();
      throw error;
    }
    if (this.stopped || !this.client.isUp) return transport.close();
    this.transport = transport;
    this.log.info({ recordingId: this.recordingId, roomId: this.room.roomId }, 'recording pipe is open');
  }

  private async alignTracks(): Promise<void> {
    const wanted = new Map(this.tracks.map((track) => [track.trackId, track]));
    for (const trackId of [...this.piped.keys()]) if (!wanted.has(trackId)) this.unpipe(trackId);
    const missing = [...wanted.values()].filter(
      ({ trackId, producer }) => !this.piped.has(trackId) && !producer.closed,
    );
    await Promise.all(missing.map((track) => this.pipeTrack(track)));
  }

  private async pipeTrack(track: PublishedTrack): Promise<void> {
    const { transport, recordingId } = this;
    if (!transport) return;
    const { trackId, participantId, source } = track;
    const consumer = await transport.consume({ producerId: trackId });
    const { kind, rtpParameters, producerPaused: paused } = consumer;
    try {
      await this.client.openTrack({ recordingId, trackId, participantId, source, kind, rtpParameters, paused });
    } catch (error) {
      consumer.close();
      throw error;
    }
    if (consumer.closed) return;
    this.piped.set(trackId, consumer);
    consumer.on('producerpause', () => this.client.tell({ t: 'track-pause', recordingId, trackId }));
    consumer.on('producerresume', () => this.client.tell({ t: 'track-resume', recordingId, trackId }));
    // It may have changed between the offer and its answer.
    if (consumer.producerPaused !== paused) {
      this.client.tell({ t: consumer.producerPaused ? 'track-pause' : 'track-resume', recordingId, trackId });
    }
    this.changed();
  }

  private unpipe(trackId: string): void {
    this.piped.get(trackId)?.close();
    this.piped.delete(trackId);
    this.client.tell({ t: 'track-close', recordingId: this.recordingId, trackId });
  }

  private drop(): void {
    this.transport?.close();
    this.transport = undefined;
    this.piped.clear();
  }

  private failed(error: unknown): void {
    this.fault = error;
    this.log.error({ err: error, recordingId: this.recordingId }, 'the room is not being recorded, trying again');
    // A refused request leaves it unclear what the recorder has open; an `open` starts afresh.
    this.drop();
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.reconcile(), RETRY_MS);
  }
}
