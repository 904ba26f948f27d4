import { buffer } from 'node:stream/consumers';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { DataKeys } from '@lyceum/platform/keys';
import { EncryptedObjects } from '@lyceum/platform/storage';
import { Injectable } from '@nestjs/common';
import { piecePlace, type SegmentIdentity } from '../domain/segment-identity.js';
import { SealedJournal } from '../journal/sealed-journal.js';
import { SegmentRows } from '../persistence/segment-rows.js';

/**
 * Brings back the local journal of a segment whose disk was lost (or that was killed between its row and its directory) from
 * the pieces in the store, so that the next sweep finishes it like any other.
 */
@Injectable()
export class SegmentRestorer {
  constructor(
    private readonly journal: SealedJournal,
    private readonly keys: DataKeys,
    private readonly objects: EncryptedObjects,
    private readonly database: Database,
    private readonly segments: SegmentRows,
  ) {}

  async restore(ctx: RequestContext, segmentId: string): Promise<void> {
    const found = await this.database.transaction(ctx, 'read', async (tx) => ({
      identity: await this.segments.identity(tx, segmentId),
      pieces: await this.segments.pieces(tx, segmentId),
    }));
    if (!found.identity) return;
    if (found.pieces.length > 0) return this.fetch(ctx, found.identity, found.pieces);
    await this.database.transaction(ctx, 'write', async (tx) => {
      await this.segments.close(tx, segmentId);
      await this.segments.settle(tx, segmentId, { status: 'empty' });
    });
  }

  private async fetch(
    ctx: RequestContext,
    identity: SegmentIdentity,
    pieces: readonly { number: number }[],
  ): Promise<void> {
    ctx.log.warn({ segmentId: identity.segmentId, pieces: pieces.length }, 'restoring a segment from the store');
    const key = await this.keys.open(ctx, identity.dataKeyId);
    await this.journal.local.create(identity);
    for (const { number } of pieces) {
      const { stream } = await this.objects.read(ctx, piecePlace(identity, number));
      await this.journal.write(identity, key, number, await buffer(stream));
    }
  }
}
