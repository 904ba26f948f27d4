import { buffer } from 'node:stream/consumers';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { LyceumError, notFound } from '@lyceum/platform/errors';
import { EncryptedObjects } from '@lyceum/platform/storage';
import { Injectable } from '@nestjs/common';
import { manifestPlace, piecePlace, type SegmentIdentity } from '../domain/segment-identity.js';
import { compareWithManifest, manifestSchema, type JournalFault, type Manifest } from '../journal/manifest.js';
import { decodePiece } from '../journal/piece-format.js';
import type { JournalRecord } from '../journal/records.js';
import { SegmentRows } from '../persistence/segment-rows.js';

/** Stored journals, piece by piece: for checks, exports, and whatever will be made of recordings later. */
@Injectable()
export class JournalArchive {
  constructor(
    private readonly database: Database,
    private readonly segments: SegmentRows,
    private readonly objects: EncryptedObjects,
  ) {}

  /** Every record of a segment, in the order it was journalled. @throws STORAGE.CORRUPT at the first changed piece */
  async *records(ctx: RequestContext, segmentId: string): AsyncGenerator<JournalRecord> {
    const identity = await this.identity(ctx, segmentId);
    const { pieces } = await this.manifest(ctx, identity);
    for (const { number } of pieces) yield* decodePiece(await this.piece(ctx, identity, number));
  }

  /** Compares what is stored with the manifest: nothing missing, changed, swapped or cut gives an empty list. */
  async verify(ctx: RequestContext, segmentId: string): Promise<JournalFault[]> {
    const identity = await this.identity(ctx, segmentId);
    const manifest = await this.manifest(ctx, identity);
    const found = new Map<number, Buffer | null>();
    for (const { number } of manifest.pieces) {
      const piece = await this.pieceOrFault(ctx, identity, number);
      if (piece !== undefined) found.set(number, piece);
    }
    return compareWithManifest(manifest, found);
  }

  private async identity(ctx: RequestContext, segmentId: string): Promise<SegmentIdentity> {
    const identity = await this.database.transaction(ctx, 'read', (tx) => this.segments.identity(tx, segmentId));
    if (!identity) throw notFound('segment', segmentId);
    return identity;
  }

  private async manifest(ctx: RequestContext, identity: SegmentIdentity): Promise<Manifest> {
    const bytes = await this.bytes(ctx, manifestPlace(identity));
    return manifestSchema.parse(JSON.parse(bytes.toString()));
  }

  private piece(ctx: RequestContext, identity: SegmentIdentity, number: number): Promise<Buffer> {
    return this.bytes(ctx, piecePlace(identity, number));
  }

  /** Null when it does not decrypt, undefined when it is not there. */
  private async pieceOrFault(
    ctx: RequestContext,
    identity: SegmentIdentity,
    number: number,
  ): Promise<Buffer | null | undefined> {
    try {
      return await this.piece(ctx, identity, number);
    } catch (error) {
      if (error instanceof LyceumError && error.code === 'STORAGE.NOT_FOUND') return undefined;
      if (error instanceof LyceumError && error.code === 'STORAGE.CORRUPT') return null;
      throw error;
    }
  }

  private async bytes(ctx: RequestContext, place: ReturnType<typeof manifestPlace>): Promise<Buffer> {
    const { stream } = await this.objects.read(ctx, place);
    return buffer(stream);
  }
}
