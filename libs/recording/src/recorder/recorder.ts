import type { PipeEnd } from '@lyceum/contracts';
import { RequestContext } from '@lyceum/platform/context';
import { processLogger } from '@lyceum/platform/telemetry';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SealedJournal } from '../journal/sealed-journal.js';
import { PieceUploader } from './piece-uploader.js';
import { RecorderOptions } from './recorder-options.js';
import { RecorderWorker } from './recorder-worker.js';
import { RecordingFeed, type OpenFrame, type TrackFrame } from './recording-feed.js';
import { SegmentOpener } from './segment-opener.js';
import { SegmentSettler } from './segment-settler.js';
import { TenantContexts } from './tenant-contexts.js';

/** Names a link for as long as it lives. */
export type LinkId = symbol;

interface Running {
  readonly feed: RecordingFeed;
  readonly link: LinkId;
  readonly ctx: RequestContext;
  readonly roomOpenedAtMs: number;
}

interface Orphan {
  readonly ctx: RequestContext;
  /** When it is finished unless its media comes back, server clock. */
  readonly dueAt: number;
  /** Where it ended then, room time. */
  readonly endMs: number;
}

/** Ends pieces on time even when nothing comes; a quarter of a piece's length is exact enough. */
const TICK_MS = 250;
const SWEEP_MS = 10_000;

/** The recordings of this process. The link server calls it; nothing here waits for database, keys or store. */
@Injectable()
export class Recorder implements OnApplicationShutdown {
  private readonly running = new Map<string, Running>();
  /** Recordings whose media is away. */
  private readonly orphans = new Map<string, Orphan>();
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly options: RecorderOptions,
    private readonly worker: RecorderWorker,
    private readonly opener: SegmentOpener,
    private readonly sealed: SealedJournal,
    private readonly uploader: PieceUploader,
    private readonly settler: SegmentSettler,
    private readonly contexts: TenantContexts,
  ) {}

  /** @param died nothing can be recorded any more: end the process, it continues after its restart */
  async start(died: () => void): Promise<void> {
    await this.sealed.local.prepare();
    await this.worker.start(died);
    this.timers = [
      setInterval(() => this.tick(Date.now()), TICK_MS),
      setInterval(() => void this.settler.sweep(this.options.instance), SWEEP_MS),
    ];
    void this.recover();
  }

  feedsOf(link: LinkId): { recordingId: string; feed: RecordingFeed }[] {
    return [...this.running].flatMap(([recordingId, run]) =>
      run.link === link ? { recordingId, feed: run.feed } : [],
    );
  }

  /** Opens a recording's pipe, replacing one that is there. @returns this end of it */
  async open(link: LinkId, frame: OpenFrame): Promise<PipeEnd> {
    const { recordingId, tenantId, roomOpenedAtMs } = frame;
    await this.drop(recordingId);
    const ctx = await this.contexts.of(tenantId);
    const transports = await this.worker.open();
    const recording = this.opener.openRecording(ctx, frame, Date.now() - roomOpenedAtMs);
    const { options, worker, opener, sealed, uploader } = this;
    const parts = { options, worker, opener, sealed, uploader };
    const feed = new RecordingFeed(
      ctx,
      parts,
      transports,
      recording,
      frame,
      (journal) => void this.settler.ended(journal),
    );
    this.running.set(recordingId, { feed, link, ctx, roomOpenedAtMs });
    this.orphans.delete(recordingId);
    ctx.log.info({ recordingId, roomId: frame.roomId, epoch: frame.epoch }, 'recording pipe is open');
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
    const run = this.running.get(recordingId);
    if (!run) return;
    await this.drop(recordingId);
    this.finish(run.ctx, recordingId, Date.now() - run.roomOpenedAtMs);
  }

  /** The link is gone: its pipes are dead, its recordings may come back over another. */
  async linkLost(link: LinkId): Promise<void> {
    for (const { recordingId } of this.feedsOf(link)) {
      const run = this.running.get(recordingId);
      if (run) this.orphan(run.ctx, recordingId, Date.now() - run.roomOpenedAtMs);
      await this.drop(recordingId);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.timers.forEach((timer) => clearInterval(timer));
    await Promise.all([...this.running.keys()].map((recordingId) => this.drop(recordingId)));
    this.uploader.stop();
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
  private async recover(): Promise<void> {
    await this.settler.sweep(this.options.instance);
    for (const { ctx, recording } of await this.settler.interrupted(this.options.instance)) {
      if (!this.running.has(recording.id)) this.orphan(ctx, recording.id, Date.now() - recording.roomOpenedAtMs);
    }
  }

  private orphan(ctx: RequestContext, recordingId: string, endMs: number, afterMs = this.options.orphanMs): void {
    this.orphans.set(recordingId, { ctx, endMs, dueAt: Date.now() + afterMs });
  }

  private finish(ctx: RequestContext, recordingId: string, endMs: number): void {
    this.settler.finishRecording(ctx, recordingId, endMs).catch((err: unknown) => {
      processLogger().error({ err, recordingId }, 'a recording could not be finished, will try again');
      this.orphan(ctx, recordingId, endMs, SWEEP_MS);
    });
  }

  private tick(now: number): void {
    for (const { feed } of this.running.values()) feed.tick(now);
    for (const [recordingId, { ctx, dueAt, endMs }] of this.orphans) {
      if (now < dueAt) continue;
      this.orphans.delete(recordingId);
      ctx.log.info({ recordingId }, 'finishing a recording whose media is away');
      this.finish(ctx, recordingId, endMs);
    }
  }
}
