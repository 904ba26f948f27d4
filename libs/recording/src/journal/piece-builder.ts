import { encodePieceHeader, encodeRecord, PIECE_HEADER_BYTES } from './piece-format.js';
import type { JournalRecord } from './records.js';

export interface PieceLimits {
  /** From the first record of a piece to its end, ms. What a crash may cost, beside the restart. */
  readonly maxMs: number;
  readonly maxBytes: number;
}

/**
 * One second and 256 kB. The blueprint allows two seconds; one leaves a killed recorder four of the promised five for its
 * restart, and costs one more fsync a second and track.
 */
export const defaultPieceLimits: PieceLimits = { maxMs: 1000, maxBytes: 256 * 1024 };

/** Collects records into pieces. Knows nothing of disks and keys. */
export class PieceBuilder {
  private chunks: Buffer[] = [];
  private bytes = 0;
  private baseMs = 0;

  constructor(private readonly limits: PieceLimits = defaultPieceLimits) {}

  /** Adds a record; returns the finished piece when this one filled it. */
  add(record: JournalRecord): Buffer | null {
    if (this.chunks.length === 0) {
      this.baseMs = record.at;
      this.chunks.push(encodePieceHeader(record.at));
      this.bytes = PIECE_HEADER_BYTES;
    }
    const chunk = encodeRecord(record, this.baseMs);
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    return this.isDue(record.at) ? this.take() : null;
  }

  /** When the open piece began, ms since the epoch; null when none is open. */
  get since(): number | null {
    return this.chunks.length === 0 ? null : this.baseMs;
  }

  /** True when what is open should be closed at `now` (ms since the epoch). */
  isDue(now: number): boolean {
    if (this.chunks.length === 0) return false;
    return this.bytes >= this.limits.maxBytes || now - this.baseMs >= this.limits.maxMs;
  }

  /** Ends the open piece; null when there is nothing in it. */
  take(): Buffer | null {
    if (this.chunks.length === 0) return null;
    const piece = Buffer.concat(this.chunks, this.bytes);
    this.chunks = [];
    this.bytes = 0;
    return piece;
  }
}
