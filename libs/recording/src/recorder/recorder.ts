import type { MediaToRecorder, PipeEnd } from '@lyceum/contracts';
import { processLogger } from '@lyceum/platform/telemetry';
import type { MessagePort } from 'node:worker_threads';
import { BackstagePort } from './backstage-port.js';
import type { Interrupted, OpenRecording } from './backstage.js';
import type { RecorderOptions } from './recorder-options.js';
import { RecorderWorker } from './recorder-worker.js';
import { RecordingFeed, type TrackFrame } from './recording-feed.js';

export type OpenFrame = Extract<MediaToRecorder, { t: 'open' }>;

/** Names a link for as long as it lives. */
export type LinkId = symbol;

interface Running {
  readonly feed: RecordingFeed;
  readonly link: LinkId;
}

interface Orphan {
  readonly recording: Interrupted;
  /** When it is finished unless its media comes back, server clock. */
  readonly dueAt: number;
  /** Where it ended then, room time. */
  readonly endMs: number;
  /** What the backstage knows it by; null for one of an earlier process. */
  readonly number: number | null;
}

/** Ends pieces on time even when nothing comes; a quarter of a piece's length is exact enough. */
const TICK_MS = 250;

/** The front of the recorder: takes media as soon as its worker runs. Nothing here waits for database, keys or store. */
export class Recorder {
  private readonly worker: RecorderWorker;
  private readonly running = new Map<string, Running>();
  /** Recordings whose media is away. */
  private readonly orphans = new Map<string, Orphan>();
  private readonly backstage: BackstagePort;
  private ticker: NodeJS.Timeout | undefined;

  /** @param backstage where `RecorderBackstage` listens, or will */
  constructor(
    private readonly options: RecorderOptions,
    backstage: MessagePort,
  ) {
    this.worker = new RecorderWorker(options);
    this.backstage = new BackstagePort(backstage, (interrupted) => this.recover(interrupted));
  }

  /** True when media is taken and its way to disk and database is open. */
  get isReady(): boolean {
    return this.worker.isAlive && this.backstage.backstageIsReady;
  }

  /** @param died nothing can be recorded any more: end the process, it continues after its restart */
  async start(died: () => void): Promise<void> {
    await this.worker.start(died);
    this.ticker = setInterval(() => this.tick(Date.now()), TICK_MS);
  }

  feedsOf(link: LinkId): { recordingId: string; feed: RecordingFeed }[] {
    return [...this.running].flatMap(([recordingId, run]) =>
      run.link === link ? { recordingId, feed: run.feed } : [],
    );
  }

  /** Opens a recording's pipe, replacing one that is there. @returns this end of it */
  async open(link: LinkId, frame: OpenFrame): Promise<PipeEnd> {
    const { recordingId, tenantId, roomId, roomOpenedAtMs, epoch } = frame;
    await this.drop(recordingId);
    const open: OpenRecording = { recordingId, tenantId, roomId, roomOpenedAtMs, epoch };
    const feed = new RecordingFeed(this.options.pieceLimits, this.backstage, await this.worker.open(), open);
    this.running.set(recordingId, { feed, link });
    this.orphans.delete(recordingId);
    processLogger().info({ recordingId, roomId, epoch }, 'recording pipe is open');
    return feed.connect(frame.pipe);
  }

  async openTrack(frame: TrackFrame): Promise<void> {
    await this.feedOf(frame.recordingId)?.openTrack(frame);
  }

  async pauseTrack(recordingId: string, trackId: string): Promise<void> {
    await this.feedOf(recordingId)?.pauseTrack(trackId);
  }

  async resumeTrack(recordingId: string, trackId: string): Promise<void> {
    await this.feedOf(recordingId)?.resumeTrack(trackId);
  }

  async closeTrack(recordingId: string, trackId: string): Promise<void> {
    await this.feedOf(recordingId)?.closeTrack(trackId);
  }

  /** The class ended. Resolves when everything is on the local disk; the rest goes on behind. */
  async close(recordingId: string): Promise<void> {
    const feed = this.feedOf(recordingId);
    if (!feed) return;
    await this.drop(recordingId);
    this.backstage.finish(feed.number, feed.open, Date.now() - feed.open.roomOpenedAtMs);
  }

  /** The link is gone: its pipes are dead, its recordings may come back over another. */
  async linkLost(link: LinkId): Promise<void> {
    for (const { recordingId, feed } of this.feedsOf(link)) {
      this.orphan(feed.open, feed.number);
      await this.drop(recordingId);
    }
  }

  /** Ends every segment; recordings go on in the next process. */
  async stop(): Promise<void> {
    clearInterval(this.ticker);
    await Promise.all([...this.running.keys()].map((recordingId) => this.drop(recordingId)));
    this.worker.stop();
  }

  private feedOf(recordingId: string): RecordingFeed | undefined {
    return this.running.get(recordingId)?.feed;
  }

  private async drop(recordingId: string): Promise<void> {
    const run = this.running.get(recordingId);
    this.running.delete(recordingId);
    await run?.feed.close();
  }

  /** What an earlier process of this instance had open is waited for like any other loss of media. */
  private recover(interrupted: readonly Interrupted[]): void {
    for (const recording of interrupted) {
      if (!this.running.has(recording.recordingId)) this.orphan(recording, null);
    }
  }

  private orphan(recording: Interrupted, number: number | null): void {
    const now = Date.now();
    const endMs = now - recording.roomOpenedAtMs;
    this.orphans.set(recording.recordingId, { recording, number, endMs, dueAt: now + this.options.orphanMs });
  }

  private tick(now: number): void {
    for (const { feed } of this.running.values()) feed.tick(now);
    for (const { recording, number, dueAt, endMs } of this.orphans.values()) {
      if (now < dueAt) continue;
      const { recordingId } = recording;
      this.orphans.delete(recordingId);
      processLogger().info({ recordingId }, 'finishing a recording whose media is away');
      this.backstage.finish(number, recording, endMs);
    }
  }
}
