import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { processLogger, type Logger } from '@lyceum/platform/telemetry';
import { Injectable } from '@nestjs/common';
import type { SegmentIdentity } from '../domain/segment-identity.js';
import { SealedJournal } from '../journal/sealed-journal.js';
import { RecordingRows } from '../persistence/recording-rows.js';
import { SegmentRows } from '../persistence/segment-rows.js';
import type { Interrupted } from '../recorder/backstage.js';
import { isRefusal } from './refusal.js';
import type { SegmentFile } from './segment-file.js';
import { SegmentFinisher } from './segment-finisher.js';
import { SegmentRestorer } from './segment-restorer.js';
import { TenantContexts } from './tenant-contexts.js';

type SegmentIds = Pick<SegmentIdentity, 'tenantId' | 'recordingId' | 'segmentId'>;

/**
 * Brings every segment that ended, here or in a process that was killed, to its end, and recordings with them. Whatever
 * fails stays on the local disk and is tried again by the next sweep; what is refused for good, by the next process.
 */
@Injectable()
export class SegmentSettler {
  /** Segments that media flows into, that are being finished, or that were given up: sweeps leave them alone. */
  private readonly busy = new Set<string>();
  private sweeping = false;

  constructor(
    private readonly journal: SealedJournal,
    private readonly finisher: SegmentFinisher,
    private readonly restorer: SegmentRestorer,
    private readonly contexts: TenantContexts,
    private readonly database: Database,
    private readonly recordings: RecordingRows,
    private readonly segments: SegmentRows,
  ) {}

  /** A segment is live from here on. */
  claim(segmentId: string): void {
    this.busy.add(segmentId);
  }

  /**
   * Finishes a segment whose journal is complete. Never throws.
   * @param file what was muxed while it was live; null to make it from the local journal
   */
  async settle(identity: SegmentIdentity, file: SegmentFile | null): Promise<void> {
    try {
      await this.finisher.finish(identity, file);
      await this.completeIfDone(await this.contexts.of(identity.tenantId), identity.recordingId);
      this.busy.delete(identity.segmentId);
    } catch (err) {
      await this.putOff(idsOf(identity), err);
    }
  }

  /** The class ended: once its last segment is settled the recording is ready. */
  async finishRecording(ctx: RequestContext, recordingId: string, endMs: number): Promise<void> {
    await this.database.transaction(ctx, 'write', (tx) => this.recordings.move(tx, recordingId, 'finishing', endMs));
    await this.completeIfDone(ctx, recordingId);
  }

  /** Looks for what earlier processes or failures left behind. */
  async sweep(instance: string): Promise<void> {
    if (this.sweeping) return;
    this.sweeping = true;
    try {
      const onDisk = await this.journal.local.list();
      for (const identity of onDisk) {
        if (this.busy.has(identity.segmentId)) continue;
        this.busy.add(identity.segmentId);
        await this.resume(identity);
      }
      for (const ctx of await this.contexts.all()) {
        await this.sweepTenant(ctx, instance, new Set(onDisk.map(({ segmentId }) => segmentId)));
      }
    } catch (err) {
      processLogger().warn({ err }, 'looking for unfinished segments failed, will look again');
    } finally {
      this.sweeping = false;
    }
  }

  /** Recordings that an earlier process of this instance left running. */
  async interrupted(instance: string): Promise<Interrupted[]> {
    const found: Interrupted[] = [];
    for (const ctx of await this.contexts.all()) {
      const rows = await this.database.transaction(ctx, 'read', (tx) => this.recordings.unfinished(tx, instance));
      for (const { id: recordingId, status, roomOpenedAtMs } of rows) {
        if (status === 'recording') found.push({ recordingId, tenantId: ctx.tenant.id, roomOpenedAtMs });
      }
    }
    return found;
  }

  private async sweepTenant(ctx: RequestContext, instance: string, onDisk: ReadonlySet<string>): Promise<void> {
    const open = await this.database.transaction(ctx, 'read', (tx) => this.recordings.unfinished(tx, instance));
    for (const recording of open) {
      const { pending } = await this.progress(ctx, recording.id);
      const lost = pending.filter((segmentId) => !this.busy.has(segmentId) && !onDisk.has(segmentId));
      for (const segmentId of lost) await this.restore(ctx, recording.id, segmentId);
      if (recording.status === 'finishing') await this.completeIfDone(ctx, recording.id);
    }
  }

  private async resume(identity: SegmentIdentity): Promise<void> {
    try {
      await this.finisher.resumeUpload(identity);
    } catch (err) {
      return this.putOff(idsOf(identity), err);
    }
    await this.settle(identity, null);
  }

  /** One that can't be brought back must not keep the others from it. */
  private async restore(ctx: RequestContext, recordingId: string, segmentId: string): Promise<void> {
    try {
      await this.restorer.restore(ctx, segmentId);
    } catch (err) {
      await this.putOff({ tenantId: ctx.tenant.id, recordingId, segmentId }, err);
    }
  }

  /** The next sweep tries again, unless it was refused for good. */
  private async putOff(ids: SegmentIds, err: unknown): Promise<void> {
    const log = processLogger().child(ids);
    if (!isRefusal(err)) {
      this.busy.delete(ids.segmentId);
      return log.warn({ err }, 'a segment could not be finished, will try again');
    }
    this.busy.add(ids.segmentId);
    log.error({ err }, 'a segment is given up; what is on disk stays there');
    if (err.code === 'KEYS.DESTROYED') await this.leaveOut(ids, log);
  }

  /** Nobody can read the segment again: the replay of the class does without it, and doesn't wait for it. */
  private async leaveOut({ tenantId, recordingId, segmentId }: SegmentIds, log: Logger): Promise<void> {
    try {
      const ctx = await this.contexts.of(tenantId);
      await this.database.transaction(ctx, 'write', async (tx) => {
        await this.segments.close(tx, segmentId);
        await this.segments.settle(tx, segmentId, { status: 'damaged' });
      });
      await this.completeIfDone(ctx, recordingId);
    } catch (err) {
      log.error({ err }, 'the recording waits for a segment that nobody can read, until the recorder is started again');
    }
  }

  private async completeIfDone(ctx: RequestContext, recordingId: string): Promise<void> {
    const { pending, playable } = await this.progress(ctx, recordingId);
    if (pending.length > 0) return;
    const to = playable > 0 ? 'ready' : 'failed';
    const moved = await this.database.transaction(ctx, 'write', (tx) => this.recordings.move(tx, recordingId, to));
    if (moved) ctx.log.info({ recordingId, segments: playable }, `recording is ${to}`);
  }

  private progress(ctx: RequestContext, recordingId: string) {
    return this.database.transaction(ctx, 'read', (tx) => this.segments.progress(tx, recordingId));
  }
}

const idsOf = ({ tenantId, recordingId, segmentId }: SegmentIdentity): SegmentIds => ({
  tenantId,
  recordingId,
  segmentId,
});
