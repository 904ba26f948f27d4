import { Readable } from 'node:stream';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { notFound } from '@lyceum/platform/errors';
import { EncryptedObjects, type ByteRange } from '@lyceum/platform/storage';
import { Injectable } from '@nestjs/common';
import { partPlace } from '../domain/segment-identity.js';
import { SegmentRows, type PartRow, type PlayableSegment } from '../persistence/segment-rows.js';

export interface OpenedSegmentMedia {
  readonly mime: string;
  readonly bytes: number;
  /** `end` is exclusive and lies within the file. */
  read(range: ByteRange): Readable;
}

/** A segment's file, put together from its encrypted parts; only the parts that a range touches are read. */
@Injectable()
export class SegmentMedia {
  constructor(
    private readonly database: Database,
    private readonly segments: SegmentRows,
    private readonly objects: EncryptedObjects,
  ) {}

  /** @throws RESOURCE.NOT_FOUND when there is no such segment, or none that plays */
  async open(ctx: RequestContext, recordingId: string, segmentId: string): Promise<OpenedSegmentMedia> {
    const found = await this.database.transaction(ctx, 'read', async (tx) => ({
      segment: await this.segments.findPlayable(tx, recordingId, segmentId),
      parts: await this.segments.parts(tx, segmentId),
    }));
    if (!found.segment) throw notFound('segment', segmentId);
    const { segment, parts } = found;
    return {
      mime: segment.mime,
      bytes: segment.bytes,
      read: (range) => Readable.from(this.bytes(ctx, segment, parts, range), { objectMode: false }),
    };
  }

  private async *bytes(
    ctx: RequestContext,
    segment: PlayableSegment,
    parts: readonly PartRow[],
    { start, end }: ByteRange,
  ): AsyncGenerator<Buffer> {
    for (const part of parts) {
      const from = Math.max(start, part.offset) - part.offset;
      const to = Math.min(end, part.offset + part.bytes) - part.offset;
      if (from >= to) continue;
      const { stream } = await this.objects.read(ctx, placeOf(segment, part), { start: from, end: to });
      for await (const chunk of stream) yield chunk as Buffer;
    }
  }
}

/** The row tells the object's name; what it must be is told by the segment and the part's number. */
function placeOf(segment: PlayableSegment, part: PartRow) {
  const { id: segmentId, recordingId, trackId } = segment;
  return { ...partPlace({ recordingId, trackId, segmentId }, '', part.number), name: part.object };
}
