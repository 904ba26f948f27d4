import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { DataKeys } from '@lyceum/platform/keys';
import { EncryptedObjects } from '@lyceum/platform/storage';
import { processLogger } from '@lyceum/platform/telemetry';
import { Injectable } from '@nestjs/common';
import { piecePlace, type SegmentIdentity } from '../domain/segment-identity.js';
import { sha256 } from '../journal/manifest.js';
import { SealedJournal } from '../journal/sealed-journal.js';
import { SegmentRows, type PieceRow } from '../persistence/segment-rows.js';
import { TenantContexts } from './tenant-contexts.js';

interface Waiting {
  readonly identity: SegmentIdentity;
  readonly number: number;
}

/** Pieces stored at the same moment, and rows of one transaction. */
const BATCH = 16;
const RETRY_MS = 1_000;

/**
 * Brings pieces from the local disk to the store, oldest first, and writes their rows. When store, keys or database are
 * away it keeps trying; the pieces wait on disk, not in memory.
 */
@Injectable()
export class PieceUploader {
  private waiting: Waiting[] = [];
  private readonly open = new Map<string, number>();
  private waiters: { segmentId: string; done: () => void }[] = [];
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

  /** Pieces that are on the local disk alone. */
  get backlog(): number {
    return this.waiting.length;
  }

  enqueue(identity: SegmentIdentity, number: number): void {
    this.waiting.push({ identity, number });
    this.open.set(identity.segmentId, (this.open.get(identity.segmentId) ?? 0) + 1);
    if (!this.running) void this.run();
  }

  /** Resolves once every piece of the segment is stored and has its row. */
  async drained(segmentId: string): Promise<void> {
    if (!this.open.has(segmentId)) return;
    await new Promise<void>((done) => this.waiters.push({ segmentId, done }));
  }

  stop(): void {
    this.stopped = true;
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0 && !this.stopped) {
      const batch = this.nextBatch();
      try {
        await this.store(batch);
        this.finished(batch);
      } catch (err) {
        processLogger().warn({ err, pieces: this.waiting.length + batch.length }, 'pieces wait on disk');
        this.waiting = [...batch, ...this.waiting];
        await sleep(RETRY_MS);
      }
    }
    this.running = false;
  }

  /** The oldest pieces, of one tenant: rows of two can't share a transaction. */
  private nextBatch(): Waiting[] {
    const tenantId = this.waiting[0]?.identity.tenantId;
    const batch = this.waiting.filter((piece) => piece.identity.tenantId === tenantId).slice(0, BATCH);
    this.waiting = this.waiting.filter((piece) => !batch.includes(piece));
    return batch;
  }

  private async store(batch: readonly Waiting[]): Promise<void> {
    const first = batch[0];
    if (!first) return;
    const ctx = await this.contexts.of(first.identity.tenantId);
    const rows = await Promise.all(batch.map(({ identity, number }) => this.storePiece(ctx, identity, number)));
    await this.database.transaction(ctx, 'write', (tx) => this.rows.addPieces(tx, rows.flat()));
  }

  /** @returns its row; none for a piece that the disk damaged, which is nothing to try again */
  private async storePiece(
    ctx: RequestContext,
    identity: SegmentIdentity,
    number: number,
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

  private finished(batch: readonly Waiting[]): void {
    for (const { identity } of batch) {
      const left = (this.open.get(identity.segmentId) ?? 1) - 1;
      if (left > 0) this.open.set(identity.segmentId, left);
      else this.open.delete(identity.segmentId);
    }
    const [done, rest] = [
      this.waiters.filter((waiter) => !this.open.has(waiter.segmentId)),
      this.waiters.filter((waiter) => this.open.has(waiter.segmentId)),
    ];
    this.waiters = rest;
    for (const waiter of done) waiter.done();
  }
}
