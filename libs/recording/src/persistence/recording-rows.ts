import { randomUUID } from 'node:crypto';
import type { RecordingStatus, TrackSource } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Injectable } from '@nestjs/common';
import { recordingTransitions, sourcesOf } from '../domain/recording-life.js';

/** A recording as the domain sees it. `startMs` and `endMs` are room time. */
export interface RecordingRow {
  readonly id: string;
  readonly sessionId: string;
  readonly courseId: string;
  readonly roomId: string;
  readonly status: RecordingStatus;
  readonly roomOpenedAtMs: number;
  readonly startMs: number;
  readonly endMs: number | null;
}

const columns = `id, session_id as "sessionId", course_id as "courseId", room_id as "roomId", status,
  room_opened_ms as "roomOpenedAtMs", start_ms as "startMs", end_ms as "endMs"`;

export type NewRecording = Omit<RecordingRow, 'status' | 'endMs'> & { readonly recorder: string };

/** Rows of `recording`, `recording_participant` and `recording_track`; all in the transaction of `ctx`. */
@Injectable()
export class RecordingRows {
  async find(ctx: RequestContext, id: string): Promise<RecordingRow | null> {
    const rows = await ctx.manager.query<RecordingRow[]>(
      `select ${columns} from recording where tenant_id = $1 and id = $2`,
      [ctx.tenant.id, id],
    );
    return rows[0] ?? null;
  }

  async ofSessions(ctx: RequestContext, sessionIds: readonly string[]): Promise<RecordingRow[]> {
    return ctx.manager.query<RecordingRow[]>(
      `select ${columns} from recording where tenant_id = $1 and session_id = any($2) order by start_ms, id`,
      [ctx.tenant.id, sessionIds],
    );
  }

  /** Recordings that a recorder has not finished; found again after its restart. */
  async unfinished(ctx: RequestContext, recorder: string): Promise<RecordingRow[]> {
    return ctx.manager.query<RecordingRow[]>(
      `select ${columns} from recording
       where tenant_id = $1 and recorder = $2 and status in ('recording', 'finishing')`,
      [ctx.tenant.id, recorder],
    );
  }

  /** Makes the row, or brings back one that was finished while its media was away. */
  async begin(ctx: RequestContext, recording: NewRecording): Promise<void> {
    await ctx.manager.query(
      `insert into recording (tenant_id, id, region, course_id, session_id, room_id, status, room_opened_ms, start_ms, recorder)
       values ($1, $2, $3, $4, $5, $6, 'recording', $7, $8, $9)
       on conflict (tenant_id, id) do update set status = 'recording', end_ms = null, ready_at = null,
         recorder = excluded.recorder`,
      [
        ctx.tenant.id,
        recording.id,
        ctx.tenant.region,
        recording.courseId,
        recording.sessionId,
        recording.roomId,
        recording.roomOpenedAtMs,
        recording.startMs,
        recording.recorder,
      ],
    );
  }

  /** @returns false when the recording's state does not lead to `to`. */
  async move(ctx: RequestContext, id: string, to: RecordingStatus, endMs?: number): Promise<boolean> {
    const rows = await ctx.manager.query<unknown[]>(
      `with moved as (
         update recording set status = $3,
           end_ms = case when $5::float8 is null then end_ms else greatest(start_ms, $5) end,
           ready_at = case when $3 = 'ready' then now() else ready_at end
         where tenant_id = $1 and id = $2 and status = any($4) returning id)
       select id from moved`,
      [ctx.tenant.id, id, to, sourcesOf(recordingTransitions, to), endMs ?? null],
    );
    return rows.length > 0;
  }

  async dataKeyOf(ctx: RequestContext, recordingId: string, participantId: string): Promise<string | null> {
    const rows = await ctx.manager.query<{ id: string }[]>(
      `select data_key_id as id from recording_participant
       where tenant_id = $1 and recording_id = $2 and participant_id = $3`,
      [ctx.tenant.id, recordingId, participantId],
    );
    return rows[0]?.id ?? null;
  }

  /** @returns the key that counts: the one given, or that of whoever was faster. */
  async addParticipant(
    ctx: RequestContext,
    recordingId: string,
    participantId: string,
    keyId: string,
  ): Promise<string> {
    await ctx.manager.query(
      `insert into recording_participant (tenant_id, recording_id, participant_id, data_key_id)
       values ($1, $2, $3, $4) on conflict do nothing`,
      [ctx.tenant.id, recordingId, participantId, keyId],
    );
    return (await this.dataKeyOf(ctx, recordingId, participantId)) ?? keyId;
  }

  /** The track of this source, made when it is new. @returns its id */
  async ensureTrack(
    ctx: RequestContext,
    track: { recordingId: string; participantId: string; source: TrackSource },
  ): Promise<string> {
    const values = [ctx.tenant.id, track.recordingId, track.participantId, track.source];
    await ctx.manager.query(
      `insert into recording_track (tenant_id, recording_id, participant_id, source, id)
       values ($1, $2, $3, $4, $5) on conflict (tenant_id, recording_id, participant_id, source) do nothing`,
      [...values, randomUUID()],
    );
    const rows = await ctx.manager.query<{ id: string }[]>(
      `select id from recording_track
       where tenant_id = $1 and recording_id = $2 and participant_id = $3 and source = $4`,
      values,
    );
    if (!rows[0]) throw new Error('the track that was just made is not there');
    return rows[0].id;
  }
}
