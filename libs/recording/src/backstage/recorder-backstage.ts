import type { MessagePort } from 'node:worker_threads';
import { processLogger } from '@lyceum/platform/telemetry';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SealedJournal } from '../journal/sealed-journal.js';
import type { FromBackstage, Interrupted, OpenRecording, ToBackstage } from '../recorder/backstage.js';
import { withBackoff } from './backoff.js';
import { BackstageOptions } from './backstage-options.js';
import { LiveSegment, type LiveSegmentEvents } from './live-segment.js';
import { PieceUploader } from './piece-uploader.js';
import { SegmentOpener, type OpenedRecording } from './segment-opener.js';
import { SegmentSettler } from './segment-settler.js';
import { TenantContexts } from './tenant-contexts.js';

const SWEEP_MS = 10_000;

interface Opening {
  readonly open: OpenRecording;
  /** Rejects when the recording is refused for good. */
  readonly opened: Promise<OpenedRecording>;
}

/** The backstage's end of the port: rows, keys, disk and store behind the recorder's front. */
@Injectable()
export class RecorderBackstage implements OnApplicationShutdown {
  private readonly recordings = new Map<number, Opening>();
  private readonly segments = new Map<number, LiveSegment>();
  /** What must be known of a recording before it can be told whether it is done. */
  private readonly known = new Map<number, Promise<unknown>[]>();
  private sweeper: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: BackstageOptions,
    private readonly contexts: TenantContexts,
    private readonly journal: SealedJournal,
    private readonly opener: SegmentOpener,
    private readonly settler: SegmentSettler,
    private readonly uploader: PieceUploader,
  ) {}

  /** Takes the front's messages, and finishes what earlier processes left behind. */
  async serve(port: MessagePort): Promise<void> {
    const { instance } = this.options;
    const log = processLogger();
    await withBackoff(log, 'opening the journal', Infinity, () => this.journal.local.prepare());
    port.on('message', (message: ToBackstage) => this.received(port, message));
    const interrupted = await withBackoff(log, 'looking for unfinished recordings', Infinity, () =>
      this.settler.interrupted(instance),
    );
    tell(port, { t: 'ready', interrupted });
    this.sweeper = setInterval(() => void this.settler.sweep(instance), SWEEP_MS);
    void this.settler.sweep(instance);
  }

  onApplicationShutdown(): void {
    clearInterval(this.sweeper);
    this.uploader.stop();
  }

  private received(port: MessagePort, message: ToBackstage): void {
    switch (message.t) {
      case 'open-recording': {
        const { recording, open } = message;
        const opened = this.opener.openRecording(open, message.startMs);
        opened.catch((err: unknown) => processLogger().error({ err, ...idsOf(open) }, 'a recording is refused'));
        this.recordings.set(recording, { open, opened });
        this.known.set(recording, [opened]);
        return;
      }
      case 'open-segment':
        return this.openSegment(port, message);
      case 'piece':
        return this.segments.get(message.segment)?.piece(asBuffer(message.piece));
      case 'idle':
        return this.segments.get(message.segment)?.idle(message.now);
      case 'close-segment':
        return void this.closeSegment(port, message.segment, message.id);
      case 'finish':
        return void this.finish(message.recording, message.of, message.endMs);
    }
  }

  private openSegment(port: MessagePort, message: Extract<ToBackstage, { t: 'open-segment' }>): void {
    const { recording, segment, track } = message;
    const { open, opened } = this.recordings.get(recording) ?? {};
    if (!open || !opened) return;
    const opening = opened.then((into) => into.openSegment(track));
    this.known.get(recording)?.push(opening);
    const log = processLogger().child({ ...idsOf(open), source: track.source, participantId: track.participantId });
    const events: LiveSegmentEvents = {
      stored: (bytes) => tell(port, { t: 'stored', segment, bytes }),
      keyFrameWanted: () => tell(port, { t: 'key-frame', segment }),
      failed: (err) => tell(port, { t: 'failed', segment, reason: err instanceof Error ? err.message : String(err) }),
    };
    this.segments.set(segment, new LiveSegment(opening, events, log));
  }

  private async closeSegment(port: MessagePort, number: number, id: number): Promise<void> {
    const segment = this.segments.get(number);
    this.segments.delete(number);
    await segment?.close();
    tell(port, { t: 'done', id });
    await segment?.finish();
  }

  /**
   * Waits until the recording and all its segments have their rows, or were refused them; then tries until the end of it is
   * stored.
   */
  private async finish(recording: number | null, of: Interrupted, endMs: number): Promise<void> {
    if (recording !== null) {
      await Promise.allSettled(this.known.get(recording) ?? []);
      this.known.delete(recording);
      this.recordings.delete(recording);
    }
    const log = processLogger();
    try {
      await withBackoff(log, 'finishing a recording', Infinity, async () => {
        await this.settler.finishRecording(await this.contexts.of(of.tenantId), of.recordingId, endMs);
      });
    } catch (err) {
      log.error({ err, ...idsOf(of) }, 'a recording can not be finished and stays on disk');
    }
  }
}

const idsOf = ({ tenantId, recordingId }: Interrupted) => ({ tenantId, recordingId });

const tell = (port: MessagePort, message: FromBackstage): void => port.postMessage(message);

/** Messages carry plain arrays of bytes; this is a view of the same memory. */
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
