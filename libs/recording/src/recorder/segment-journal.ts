import { PieceBuilder, type PieceLimits } from '../journal/piece-builder.js';
import type { JournalRecord } from '../journal/records.js';
import type { BackstagePort } from './backstage-port.js';

/** The front of a segment's journal: makes pieces of what comes and hands them on. Never waits. */
export class SegmentJournal {
  private readonly builder: PieceBuilder;
  private closed = false;

  constructor(
    private readonly segment: number,
    limits: PieceLimits,
    private readonly backstage: BackstagePort,
  ) {
    this.builder = new PieceBuilder(limits);
  }

  add(record: JournalRecord): void {
    if (!this.closed) this.pass(this.builder.add(record));
  }

  /** Ends a piece that is due; where nothing comes, tells that time goes on. Call a few times a second. */
  tick(now: number): void {
    if (this.closed) return;
    if (this.builder.isDue(now)) this.pass(this.builder.take());
    else if (this.builder.since === null) this.backstage.idle(this.segment, now);
  }

  /** Takes no more; resolves when everything is on the local disk. */
  async close(): Promise<void> {
    this.closed = true;
    this.pass(this.builder.take());
    await this.backstage.closeSegment(this.segment);
  }

  private pass(piece: Buffer | null): void {
    if (piece) this.backstage.piece(this.segment, piece);
  }
}
