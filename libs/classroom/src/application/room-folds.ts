import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@lyceum/platform/context';
import { advance, emptyFold, type Fold } from '../domain/fold.js';
import { EventRows } from '../persistence/event-rows.js';
import { SnapshotRows } from '../persistence/snapshot-rows.js';

/** Rooms whose fold is kept in memory; a forgotten one costs a snapshot and the events after it. */
const KEPT = 500;

/**
 * The folds of rooms, brought up to date from the log. A cache: it only ever holds what was committed, and any process
 * can rebuild it, so losing it loses nothing.
 */
@Injectable()
export class RoomFolds {
  private readonly folds = new Map<string, Fold>();

  constructor(
    private readonly events: EventRows,
    private readonly snapshots: SnapshotRows,
  ) {}

  /** The fold at exactly `head`, a number that is committed. Reads what is missing in the transaction of `ctx`. */
  async at(ctx: RequestContext, roomId: string, head: number): Promise<Fold> {
    const cached = this.folds.get(roomId);
    const base = cached && cached.number <= head ? cached : await this.stored(ctx, roomId, head);
    if (base.number === head) return base;
    const fold = advance(base, await this.events.between(ctx, roomId, base.number, head));
    if (fold.number !== head) throw new Error(`the log of room ${roomId} ends at ${fold.number}, not at ${head}`);
    this.remember(roomId, fold);
    return fold;
  }

  /** Keeps a fold whose events are committed; never replaces a newer one. */
  remember(roomId: string, fold: Fold): void {
    const cached = this.folds.get(roomId);
    if (cached && cached.number >= fold.number) return;
    this.folds.delete(roomId);
    this.folds.set(roomId, fold);
    if (this.folds.size <= KEPT) return;
    const oldest = this.folds.keys().next();
    if (!oldest.done) this.folds.delete(oldest.value);
  }

  private async stored(ctx: RequestContext, roomId: string, head: number): Promise<Fold> {
    const snapshot = await this.snapshots.find(ctx, roomId);
    return snapshot && snapshot.number <= head ? snapshot : emptyFold;
  }
}
