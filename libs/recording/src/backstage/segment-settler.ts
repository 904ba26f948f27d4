import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { processLogger } from '@lyceum/platform/telemetry';
import { Injectable } from '@nestjs/common';
import type { SegmentIdentity } from '../domain/segment-identity.js';
import { SealedJournal } from '../journal/sealed-journal.js';
import { RecordingRows } from '../persistence/recording-rows.js';
import { SegmentRows } from '../persistence/segment-rows.js';
import type { Interrupted } from '../recorder/backstage.js';
import type { SegmentFile } from './segment-file.js';
import { SegmentFinisher } from './segment-finisher.js';
import { SegmentRestorer } from './segment-restorer.js';
import { TenantContexts } from './tenant-contexts.js';

/**
 * Brings every segment that ended, here or in a process that was killed, to its end, and recordings with them. Whatever
 * fails stays on the local disk and is tried again by the next sweep.
 */
@Injectable()
export class SegmentSettler {
  /** Segments that media flows into, or that are being finished. */
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

  /** A segment is live from here on: sweeps leave it alone. */
  claim(segmentId: string): void {
    this.busy.add(segmentId);
  }

  /**
   * Finishes a segment whose journal is complete. Never throws.
   * @param file what was muxed while it was live; null to make it from the local journal
   */
  async settle(identity: SegmentIdentity, file: SegmentFile | null): Promise<void> {
    const { segmentId, recordingId, tenantId } = identity;
    try {
      await this.finisher.finish(identity, file);
      await this.completeIfDone(await this.contexts.of(tenantId), recordingId);
    } catch (err) {
      processLogger().error({ err, segmentId, recordingId }, 'a segment could not be finished, will try again');
    } finally {
      this.busy.delete(segmentId);
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
      for (const segmentId of lost) await this.restorer.restore(ctx, segmentId);
      if (recording.status === 'finishing') await this.completeIfDone(ctx, recording.id);
    }
  }

  private async resume(identity: SegmentIdentity): Promise<void> {
    try {
      await this.finisher.resumeUpload(identity);
    } catch (err) {
      processLogger().warn({ err, segmentId: identity.segmentId }, 'a segment waits on disk');
      this.busy.delete(identity.segmentId);
      return;
    }
    await this.settle(identity, null);
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
