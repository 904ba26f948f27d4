import type { Logger } from '@lyceum/platform/telemetry';
import type { SegmentIdentity } from '../domain/segment-identity.js';
import { PieceBuilder, type PieceLimits } from '../journal/piece-builder.js';
import type { JournalRecord } from '../journal/records.js';
import type { SealedJournal } from '../journal/sealed-journal.js';
import type { SegmentFile } from './segment-file.js';

/** What a segment needs before its first byte may be written: its rows and its key. */
export interface OpenedSegment {
  readonly identity: SegmentIdentity;
  readonly key: Buffer;
  readonly file: SegmentFile;
}

export interface SegmentJournalEvents {
  /** A piece is durable on the local disk. */
  stored(identity: SegmentIdentity, number: number, bytes: number): void;
  /** Frames were lost that only a key frame makes up for. */
  keyFrameWanted(): void;
  /** The disk refused a piece (full, gone): what it held is lost, the recording goes on. */
  failed(error: unknown): void;
}

/** A second piece may wait for the disk; beyond this many the disk is too slow and it is worth a warning. */
const SLOW_DISK_PIECES = 10;

/**
 * A segment while media flows into it. Records are taken at once and never wait: pieces queue for the disk, and, apart from
 * them, for the muxer, whose store may be slow or away.
 */
export class SegmentJournal {
  private readonly builder: PieceBuilder;
  private number = 0;
  private pending = 0;
  private toDisk: Promise<void> = Promise.resolve();
  private toFile: Promise<void> = Promise.resolve();
  private fileFailed = false;
  private closed = false;

  constructor(
    private readonly opened: Promise<OpenedSegment>,
    limits: PieceLimits,
    private readonly journal: SealedJournal,
    private readonly events: SegmentJournalEvents,
    private readonly log: Logger,
  ) {
    this.builder = new PieceBuilder(limits);
  }

  add(record: JournalRecord): void {
    if (this.closed) return;
    const piece = this.builder.add(record);
    if (piece) this.seal(piece);
  }

  /** Ends a piece that is due, and moves the file on where nothing comes. Call a few times a second. */
  tick(now: number): void {
    if (this.closed) return;
    const piece = this.builder.isDue(now) ? this.builder.take() : null;
    if (piece) this.seal(piece);
    // What lies in the open piece has not reached the file yet: time stands still for it there.
    else this.queueForFile((file) => file.advance(this.builder.since ?? now));
  }

  /** Takes no more; resolves when everything is on the local disk. */
  async close(): Promise<void> {
    this.closed = true;
    const piece = this.builder.take();
    if (piece) this.seal(piece);
    await this.toDisk;
  }

  /** After `close`: the segment, and its file unless muxing it failed. */
  async result(): Promise<{ identity: SegmentIdentity; file: SegmentFile | null }> {
    await this.toFile;
    const { identity, file } = await this.opened;
    return { identity, file: this.fileFailed ? null : file };
  }

  private seal(piece: Buffer): void {
    const number = ++this.number;
    this.pending += 1;
    if (this.pending === SLOW_DISK_PIECES) this.log.warn({ pieces: this.pending }, 'the disk can not keep up');
    this.toDisk = this.toDisk.then(async () => {
      try {
        const { identity, key } = await this.opened;
        await this.journal.write(identity, key, number, piece);
        this.events.stored(identity, number, piece.length);
      } catch (error) {
        this.events.failed(error);
      }
      this.pending -= 1;
    });
    this.queueForFile(async (file) => {
      if (await file.add(piece)) this.events.keyFrameWanted();
    });
  }

  /** One after the other; once it failed the file is left to be made again from the journal. */
  private queueForFile(work: (file: SegmentFile) => Promise<void>): void {
    this.toFile = this.toFile.then(async () => {
      if (this.fileFailed) return;
      try {
        await work((await this.opened).file);
      } catch (err) {
        this.fileFailed = true;
        this.log.warn({ err }, 'muxing is put off until the segment ends');
      }
    });
  }
}
