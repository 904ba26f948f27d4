import { randomUUID } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { DataKeys } from '@lyceum/platform/keys';
import { EncryptedObjects } from '@lyceum/platform/storage';
import { Injectable } from '@nestjs/common';
import { manifestPlace, type SegmentIdentity } from '../domain/segment-identity.js';
import type { Manifest } from '../journal/manifest.js';
import { SealedJournal } from '../journal/sealed-journal.js';
import { SegmentRows, type PieceRow } from '../persistence/segment-rows.js';
import { PieceUploader } from './piece-uploader.js';
import { SegmentFile, type StoredFile } from './segment-file.js';
import { TenantContexts } from './tenant-contexts.js';

/**
 * Ends segments: every piece is stored, a manifest names them all, the file plays, and the local copy goes. Each step can
 * be repeated, so a crash anywhere in it is continued by doing it again from the local journal.
 */
@Injectable()
export class SegmentFinisher {
  constructor(
    private readonly journal: SealedJournal,
    private readonly uploader: PieceUploader,
    private readonly contexts: TenantContexts,
    private readonly keys: DataKeys,
    private readonly objects: EncryptedObjects,
    private readonly database: Database,
    private readonly rows: SegmentRows,
  ) {}

  /**
   * @param live what was muxed while the class ran; null to make the file from the local journal
   * @throws what database, keys or store threw; call again later, without `live`
   */
  async finish(identity: SegmentIdentity, live: SegmentFile | null): Promise<void> {
    const ctx = await this.contexts.of(identity.tenantId);
    await this.database.transaction(ctx, 'write', async (tx) => {
      await this.rows.open(tx, identity);
      await this.rows.close(tx, identity.segmentId);
    });
    const file = live ? await live.finish() : await this.muxFromJournal(ctx, identity);
    await this.uploader.drained(identity.segmentId);
    await this.writeManifest(ctx, identity);
    await this.database.transaction(ctx, 'write', (tx) =>
      this.rows.settle(tx, identity.segmentId, file ? { status: 'playable', ...file } : { status: 'empty' }),
    );
    await this.removeLeftovers(ctx, identity, file);
    await this.journal.local.remove(identity.segmentId);
  }

  /** Hands what an earlier process left on the disk to the uploader, except what it had stored already. */
  async resumeUpload(identity: SegmentIdentity): Promise<void> {
    const ctx = await this.contexts.of(identity.tenantId);
    const stored = await this.database.transaction(ctx, 'write', async (tx) => {
      await this.rows.open(tx, identity);
      return new Set((await this.rows.pieces(tx, identity.segmentId)).map((piece) => piece.number));
    });
    for (const number of await this.journal.local.pieces(identity.segmentId)) {
      if (!stored.has(number)) this.uploader.enqueue(identity, number);
    }
  }

  private async muxFromJournal(ctx: RequestContext, identity: SegmentIdentity): Promise<StoredFile | null> {
    const key = await this.keys.open(ctx, identity.dataKeyId);
    const file = new SegmentFile(ctx, this.objects, identity, randomUUID().slice(0, 8));
    for (const number of await this.journal.local.pieces(identity.segmentId)) {
      const piece = await this.journal.readIfWhole(identity, key, number);
      if (piece) await file.add(piece);
      else ctx.log.error({ segmentId: identity.segmentId, piece: number }, 'a piece on disk is damaged and left out');
      // A class may be running beside this: its packets come first.
      await breathe();
    }
    return file.finish();
  }

  private async writeManifest(ctx: RequestContext, identity: SegmentIdentity): Promise<void> {
    const { segmentId, dataKeyId } = identity;
    const pieces = await this.database.transaction(ctx, 'read', (tx) => this.rows.pieces(tx, segmentId));
    const manifest = Buffer.from(JSON.stringify(manifestOf(identity, pieces)));
    await this.objects.write(ctx, { ...manifestPlace(identity), dataKeyId }, manifest);
    await this.database.transaction(ctx, 'write', (tx) => this.rows.setManifest(tx, segmentId, pieces.length));
  }

  /** Parts that an attempt before a crash stored and nobody will name. */
  private async removeLeftovers(
    ctx: RequestContext,
    identity: SegmentIdentity,
    file: StoredFile | null,
  ): Promise<void> {
    const named = new Set(file?.parts.map((part) => part.object));
    const left: string[] = [];
    for await (const { name } of this.objects.list(
      ctx,
      `recordings/${identity.recordingId}/media/${identity.segmentId}/`,
    )) {
      if (!named.has(name)) left.push(name);
    }
    if (left.length > 0) await this.objects.remove(ctx, left);
  }
}

function manifestOf(identity: SegmentIdentity, pieces: readonly PieceRow[]): Manifest {
  const { recordingId, trackId, segmentId, participantId, source, epoch, roomOpenedAtMs } = identity;
  return {
    version: 1,
    recordingId,
    trackId,
    segmentId,
    participantId,
    source,
    epoch,
    roomOpenedAtMs,
    pieces: pieces.map(({ number, bytes, sha256 }) => ({ number, bytes, sha256: sha256.toString('hex') })),
  };
}
