import type { TrackSource } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Injectable } from '@nestjs/common';
import { segmentTransitions, sourcesOf, type SegmentStatus } from '../domain/recording-life.js';
import type { SegmentIdentity } from '../domain/segment-identity.js';

export interface PieceRow {
  readonly number: number;
  readonly object: string;
  readonly bytes: number;
  readonly sha256: Buffer;
}

export interface PartRow {
  readonly number: number;
  readonly object: string;
  readonly offset: number;
  readonly bytes: number;
}

/** What a segment came to; times are room time in ms. */
export interface SegmentResult {
  readonly mime: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
}

export interface PlayableSegment extends SegmentResult {
  readonly id: string;
  readonly recordingId: string;
  readonly trackId: string;
  readonly participantId: string;
  readonly source: TrackSource;
}

const playableColumns = `s.id, s.recording_id as "recordingId", s.track_id as "trackId",
  t.participant_id as "participantId", t.source, s.mime, s.start_ms as "startMs", s.duration_ms as "durationMs",
  s.bytes::float8 as bytes, s.width, s.height`;

/** Rows of segments, their pieces and the parts of their files; all in the transaction of `ctx`. */
@Injectable()
export class SegmentRows {
  async open(ctx: RequestContext, segment: Omit<SegmentIdentity, 'tenantId'>): Promise<void> {
    await ctx.manager.query(
      `insert into recording_segment (tenant_id, id, recording_id, track_id, data_key_id, epoch, status)
       values ($1, $2, $3, $4, $5, $6, 'open') on conflict (tenant_id, id) do nothing`,
      [ctx.tenant.id, segment.segmentId, segment.recordingId, segment.trackId, segment.dataKeyId, segment.epoch],
    );
  }

  async close(ctx: RequestContext, segmentId: string): Promise<void> {
    await this.move(ctx, segmentId, 'closed');
  }

  /** Whose and which a segment is, as its local directory would say. */
  async identity(ctx: RequestContext, segmentId: string): Promise<SegmentIdentity | null> {
    const rows = await ctx.manager.query<SegmentIdentity[]>(
      `select s.tenant_id as "tenantId", s.recording_id as "recordingId", t.participant_id as "participantId",
         s.track_id as "trackId", s.id as "segmentId", t.source, s.epoch, s.data_key_id as "dataKeyId",
         r.room_opened_ms as "roomOpenedAtMs"
       from recording_segment s
         join recording_track t on t.tenant_id = s.tenant_id and t.id = s.track_id
         join recording r on r.tenant_id = s.tenant_id and r.id = s.recording_id
       where s.tenant_id = $1 and s.id = $2`,
      [ctx.tenant.id, segmentId],
    );
    return rows[0] ?? null;
  }

  async addPieces(ctx: RequestContext, pieces: readonly (PieceRow & { segmentId: string })[]): Promise<void> {
    await ctx.manager.query(
      `insert into recording_piece (tenant_id, segment_id, number, object, bytes, sha256)
       select $1, * from unnest($2::uuid[], $3::int[], $4::text[], $5::int[], $6::bytea[])
       on conflict do nothing`,
      [
        ctx.tenant.id,
        pieces.map((piece) => piece.segmentId),
        pieces.map((piece) => piece.number),
        pieces.map((piece) => piece.object),
        pieces.map((piece) => piece.bytes),
        pieces.map((piece) => piece.sha256),
      ],
    );
  }

  async pieces(ctx: RequestContext, segmentId: string): Promise<PieceRow[]> {
    return ctx.manager.query<PieceRow[]>(
      `select number, object, bytes, sha256 from recording_piece
       where tenant_id = $1 and segment_id = $2 order by number`,
      [ctx.tenant.id, segmentId],
    );
  }

  async setManifest(ctx: RequestContext, segmentId: string, pieces: number): Promise<void> {
    await ctx.manager.query(`update recording_segment set pieces = $3 where tenant_id = $1 and id = $2`, [
      ctx.tenant.id,
      segmentId,
      pieces,
    ]);
  }

  /** The end of a segment: its file's parts, or that there is none. */
  async settle(
    ctx: RequestContext,
    segmentId: string,
    outcome: { status: 'playable'; result: SegmentResult; parts: readonly PartRow[] } | { status: 'empty' | 'damaged' },
  ): Promise<void> {
    if (outcome.status === 'playable') await this.setFile(ctx, segmentId, outcome.result, outcome.parts);
    await this.move(ctx, segmentId, outcome.status);
  }

  async parts(ctx: RequestContext, segmentId: string): Promise<PartRow[]> {
    return ctx.manager.query<PartRow[]>(
      `select number, object, byte_offset::float8 as "offset", bytes from recording_part
       where tenant_id = $1 and segment_id = $2 order by byte_offset`,
      [ctx.tenant.id, segmentId],
    );
  }

  async playable(ctx: RequestContext, recordingIds: readonly string[]): Promise<PlayableSegment[]> {
    return ctx.manager.query<PlayableSegment[]>(
      `select ${playableColumns} from recording_segment s
         join recording_track t on t.tenant_id = s.tenant_id and t.id = s.track_id
       where s.tenant_id = $1 and s.recording_id = any($2) and s.status = 'playable'
       order by s.start_ms, s.id`,
      [ctx.tenant.id, recordingIds],
    );
  }

  async findPlayable(ctx: RequestContext, recordingId: string, segmentId: string): Promise<PlayableSegment | null> {
    const rows = await this.playable(ctx, [recordingId]);
    return rows.find((row) => row.id === segmentId) ?? null;
  }

  /** Segments of a recording that are not settled yet, and how many play. */
  async progress(ctx: RequestContext, recordingId: string): Promise<{ pending: string[]; playable: number }> {
    const rows = await ctx.manager.query<{ id: string; status: SegmentStatus }[]>(
      `select id, status from recording_segment where tenant_id = $1 and recording_id = $2`,
      [ctx.tenant.id, recordingId],
    );
    return {
      pending: rows.filter((row) => row.status === 'open' || row.status === 'closed').map((row) => row.id),
      playable: rows.filter((row) => row.status === 'playable').length,
    };
  }

  private async setFile(
    ctx: RequestContext,
    segmentId: string,
    result: SegmentResult,
    parts: readonly PartRow[],
  ): Promise<void> {
    await ctx.manager.query(
      `update recording_segment set mime = $3, start_ms = $4, duration_ms = $5, bytes = $6, width = $7, height = $8
       where tenant_id = $1 and id = $2`,
      [
        ctx.tenant.id,
        segmentId,
        result.mime,
        result.startMs,
        result.durationMs,
        result.bytes,
        result.width,
        result.height,
      ],
    );
    await ctx.manager.query(`delete from recording_part where tenant_id = $1 and segment_id = $2`, [
      ctx.tenant.id,
      segmentId,
    ]);
    await ctx.manager.query(
      `insert into recording_part (tenant_id, segment_id, number, object, byte_offset, bytes)
       select $1, $2, * from unnest($3::int[], $4::text[], $5::bigint[], $6::int[])`,
      [
        ctx.tenant.id,
        segmentId,
        parts.map((part) => part.number),
        parts.map((part) => part.object),
        parts.map((part) => part.offset),
        parts.map((part) => part.bytes),
      ],
    );
  }

  private async move(ctx: RequestContext, segmentId: string, to: SegmentStatus): Promise<void> {
    await ctx.manager.query(
      `update recording_segment set status = $3 where tenant_id = $1 and id = $2 and status = any($4)`,
      [ctx.tenant.id, segmentId, to, sourcesOf(segmentTransitions, to)],
    );
  }
}
