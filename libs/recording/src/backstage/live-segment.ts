import type { Logger } from '@lyceum/platform/telemetry';
import type { SegmentFile } from './segment-file.js';

/** A segment whose rows and key are durable, so that its bytes may be written. */
export interface OpenedSegment {
  readonly file: SegmentFile;
  /** Encrypts a piece, brings it to the local disk, and has it uploaded. */
  write(number: number, piece: Buffer): Promise<void>;
  /**
   * After the last piece was written. Never throws; what fails is tried again by a sweep.
   * @param fileIsWhole false when the file has to be made again from the journal
   */
  finish(fileIsWhole: boolean): Promise<void>;
}

export interface LiveSegmentEvents {
  stored(bytes: number): void;
  failed(error: unknown): void;
  keyFrameWanted(): void;
}

/** Pieces that wait for the disk, or for the key before the first: worth a warning. */
const LATE_PIECES = 10;

/**
 * A segment while pieces come in. They queue for the disk, and, apart from it, for the muxer, whose store may be slow or
 * away.
 */
export class LiveSegment {
  private number = 0;
  private pending = 0;
  private toDisk: Promise<void> = Promise.resolve();
  private toFile: Promise<void> = Promise.resolve();
  private fileFailed = false;
  /** Null when it was refused: then what comes is dropped, since there is no row and no key to keep it under. */
  private readonly opened: Promise<OpenedSegment | null>;

  /** @param opening rejects when the segment is refused for good */
  constructor(
    opening: Promise<OpenedSegment>,
    private readonly events: LiveSegmentEvents,
    private readonly log: Logger,
  ) {
    this.opened = opening.catch((err: unknown) => {
      this.log.error({ err }, 'a segment is refused and not recorded');
      this.events.failed(err);
      return null;
    });
  }

  piece(piece: Buffer): void {
    const number = ++this.number;
    this.pending += 1;
    if (this.pending === LATE_PIECES) this.log.warn({ pieces: this.pending }, 'pieces wait for the disk');
    this.toDisk = this.toDisk.then(() => this.write(number, piece));
    this.queueForFile(async (file) => {
      if (await file.add(piece)) this.events.keyFrameWanted();
    });
  }

  idle(now: number): void {
    this.queueForFile((file) => file.advance(now));
  }

  /** Resolves when every piece is on the local disk, or was refused. */
  async close(): Promise<void> {
    await this.opened;
    await this.toDisk;
  }

  /** After `close`: makes the segment playable. Never throws. */
  async finish(): Promise<void> {
    await this.toFile;
    await (await this.opened)?.finish(!this.fileFailed);
  }

  private async write(number: number, piece: Buffer): Promise<void> {
    const opened = await this.opened;
    try {
      await opened?.write(number, piece);
      if (opened) this.events.stored(piece.length);
    } catch (err) {
      this.log.error({ err }, 'a piece could not be written');
      this.events.failed(err);
    }
    this.pending -= 1;
  }

  /** One after the other; once it failed the file is left to be made again from the journal. */
  private queueForFile(work: (file: SegmentFile) => Promise<void>): void {
    this.toFile = this.toFile.then(async () => {
      const opened = await this.opened;
      if (!opened || this.fileFailed) return;
      try {
        await work(opened.file);
      } catch (err) {
        this.fileFailed = true;
        this.log.warn({ err }, 'muxing is put off until the segment ends');
      }
    });
  }
}
