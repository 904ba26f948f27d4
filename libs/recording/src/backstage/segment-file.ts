import type { RequestContext } from '@lyceum/platform/context';
import type { EncryptedObjects } from '@lyceum/platform/storage';
import { partPlace, type SegmentIdentity } from '../domain/segment-identity.js';
import { decodePiece } from '../journal/piece-format.js';
import type { TrackFormat } from '../journal/records.js';
import { PartCollector } from '../mux/part-collector.js';
import { canMux, SegmentMuxer } from '../mux/segment-muxer.js';
import type { FilePart } from '../mux/webm-file.js';
import type { PartRow, SegmentResult } from '../persistence/segment-rows.js';
import { withBackoff } from './backoff.js';

/** Three tries over about a second: after that the file is made again from the journal, later. */
const ATTEMPTS = 3;

export interface StoredFile {
  readonly result: SegmentResult;
  readonly parts: readonly PartRow[];
}

/**
 * The playable file of one segment while it grows: pieces go in, encrypted parts come to lie in the store. `run` names this
 * attempt; parts of an attempt that a crash ended are never mixed with those of another.
 */
export class SegmentFile {
  private muxer: SegmentMuxer | null = null;
  private readonly collector = new PartCollector();
  private readonly stored: PartRow[] = [];

  constructor(
    private readonly ctx: RequestContext,
    private readonly objects: EncryptedObjects,
    private readonly identity: SegmentIdentity,
    private readonly run: string,
  ) {}

  /** Adds a plain piece. @returns true when a key frame is wanted to go on */
  async add(piece: Buffer): Promise<boolean> {
    for (const record of decodePiece(piece)) {
      if (record.kind === 'format' && !this.muxer) this.begin(record.format);
      await this.muxer?.push(record);
    }
    await this.store(this.collector.add(this.muxer?.take() ?? []));
    return this.muxer?.takeKeyFrameWish() ?? false;
  }

  /** Tells that nothing came until `now`. */
  async advance(now: number): Promise<void> {
    await this.muxer?.advance(now);
    await this.store(this.collector.add(this.muxer?.take() ?? []));
  }

  /** Ends the file. @returns null when nothing in it can be played */
  async finish(): Promise<StoredFile | null> {
    const end = await this.muxer?.finish();
    if (!end) return null;
    await this.store([...this.collector.add(end.parts), ...this.collector.flush()]);
    const { startMs, ...segment } = end.segment;
    const bytes = Math.max(...this.stored.map((part) => part.offset + part.bytes));
    const result = { ...segment, bytes, startMs: Math.max(0, startMs - this.identity.roomOpenedAtMs) };
    return { result, parts: this.stored };
  }

  private begin(format: TrackFormat): void {
    if (canMux(format)) this.muxer = new SegmentMuxer(format);
    else this.ctx.log.warn({ codec: format.mimeType, segment: this.identity.segmentId }, 'journalled, but not muxed');
  }

  private async store(parts: readonly FilePart[]): Promise<void> {
    for (const { offset, data } of parts) {
      const number = this.stored.length + 1;
      const place = partPlace(this.identity, this.run, number);
      await withBackoff(this.ctx.log, 'storing a part', ATTEMPTS, () =>
        this.objects.write(this.ctx, { ...place, dataKeyId: this.identity.dataKeyId }, data),
      );
      this.stored.push({ number, object: place.name, offset, bytes: data.length });
    }
  }
}
