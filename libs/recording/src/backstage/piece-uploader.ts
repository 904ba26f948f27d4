import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import type { LyceumError } from '@lyceum/platform/errors';
import { DataKeys } from '@lyceum/platform/keys';
import { EncryptedObjects } from '@lyceum/platform/storage';
import { processLogger } from '@lyceum/platform/telemetry';
import { Injectable } from '@nestjs/common';
import { piecePlace, type SegmentIdentity } from '../domain/segment-identity.js';
import { sha256 } from '../journal/manifest.js';
import { SealedJournal } from '../journal/sealed-journal.js';
import { SegmentRows, type PieceRow } from '../persistence/segment-rows.js';
import { isRefusal } from './refusal.js';
import { TenantContexts } from './tenant-contexts.js';
import { UploadLedger } from './upload-ledger.js';

interface Waiting {
  readonly identity: SegmentIdentity;
  readonly number: number;
}

/** Pieces stored at the same moment, and rows of one transaction. */
const BATCH = 16;
const RETRY_MS = 1_000;

/**
 * Brings pieces from the local disk to the store and writes their rows, in the order they came. When store, keys or
 * database are away it keeps trying; the pieces wait on disk, not in memory. What failed goes to the end of the line, so
 * that nobody's trouble is everybody's, and a refused segment is given up: its pieces stay on disk.
 */
@Injectable()
export class PieceUploader {
  private waiting: Waiting[] = [];
  private readonly ledger = new UploadLedger();
  private running = false;
  private stopped = false;

  constructor(
    private readonly journal: SealedJournal,
    private readonly contexts: TenantContexts,
    private readonly keys: DataKeys,
    private readonly objects: EncryptedObjects,
    private readonly database: Database,
    private readonly rows: SegmentRows,
  ) {}

  /** Pieces that are on the local disk alone and will be stored. */
  get backlog(): number {
    return this.waiting.length;
  }

  /** A piece that waits already, or one of a segment that was given up, is not taken again. */
  enqueue(identity: SegmentIdentity, number: number): void {
    if (!this.ledger.add(identity.segmentId, number)) return;
    this.waiting.push({ identity, number });
    if (!this.running) void this.run();
  }

  /**
   * Resolves once every piece of the segment is stored and has its row.
   * @throws LyceumError why the segment was given up
   */
  drained(segmentId: string): Promise<void> {
    return this.ledger.settled(segmentId);
  }

  stop(): void {
    this.stopped = true;
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0 && !this.stopped) {
      const left = await this.store(this.nextBatch());
      if (left.length === 0) continue;
      this.waiting.push(...left);
      await sleep(RETRY_MS);
    }
    this.running = false;
  }

  /** The pieces in front, of one tenant: rows of two can't share a transaction. */
  private nextBatch(): Waiting[] {
    const tenantId = this.waiting[0]?.identity.tenantId;
    const batch = this.waiting.filter((piece) => piece.identity.tenantId === tenantId).slice(0, BATCH);
    this.waiting = this.waiting.filter((piece) => !batch.includes(piece));
    return batch;
  }

  /** @returns those that have to be tried again */
  private async store(batch: readonly Waiting[]): Promise<Waiting[]> {
    const first = batch[0];
    if (!first) return [];
    try {
      const ctx = await this.contexts.of(first.identity.tenantId);
      const failed = new Map<Waiting, unknown>();
      const rows = await Promise.all(
        batch.map((piece) =>
          this.storePiece(ctx, piece).catch((error: unknown) => {
            failed.set(piece, error);
            return [];
          }),
        ),
      );
      await this.database.transaction(ctx, 'write', (tx) => this.rows.addPieces(tx, rows.flat()));
      for (const piece of batch) if (!failed.has(piece)) this.ledger.stored(piece.identity.segmentId, piece.number);
      return [...failed].flatMap(([piece, error]) => this.toTryAgain([piece], error));
    } catch (error) {
      return this.toTryAgain(batch, error);
    }
  }

  private toTryAgain(pieces: readonly Waiting[], err: unknown): Waiting[] {
    if (!isRefusal(err)) {
      processLogger().warn({ err, pieces: this.waiting.length + pieces.length }, 'pieces wait on disk');
      return [...pieces];
    }
    for (const { identity } of pieces) this.giveUp(identity, err);
    return [];
  }

  private giveUp({ tenantId, recordingId, segmentId }: SegmentIdentity, err: LyceumError): void {
    if (!this.ledger.giveUp(segmentId, err)) return;
    this.waiting = this.waiting.filter((piece) => piece.identity.segmentId !== segmentId);
    const ids = { tenantId, recordingId, segmentId };
    processLogger().error({ err, ...ids }, 'a segment can not be stored and stays on disk');
  }

  /** @returns its row; none for a piece that the disk damaged, which is nothing to try again */
  private async storePiece(
    ctx: RequestContext,
    { identity, number }: Waiting,
  ): Promise<(PieceRow & { segmentId: string })[]> {
    const { segmentId, dataKeyId } = identity;
    const key = await this.keys.open(ctx, dataKeyId);
    const piece = await this.journal.readIfWhole(identity, key, number);
    if (!piece) {
      ctx.log.error({ segmentId, piece: number }, 'a piece on disk is damaged and not stored');
      return [];
    }
    const place = piecePlace(identity, number);
    await this.objects.write(ctx, { ...place, dataKeyId }, piece);
    return [{ segmentId, number, object: place.name, bytes: piece.length, sha256: sha256(piece) }];
  }
}
