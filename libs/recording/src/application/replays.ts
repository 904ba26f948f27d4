import type { ParticipantRole, RecordingStatus, Replay, ReplayTrack, Viewer } from '@lyceum/contracts';
import { isAudioSource } from '@lyceum/contracts';
import { roleInRoom, RoomDirectory, RoomLog, type RoomRow } from '@lyceum/classroom';
import { Audit } from '@lyceum/platform/audit';
import type { RequestContext } from '@lyceum/platform/context';
import { notFound } from '@lyceum/platform/errors';
import { SessionAccess } from '@lyceum/scheduling';
import { Injectable } from '@nestjs/common';
import { RecordingRows, type RecordingRow } from '../persistence/recording-rows.js';
import { SegmentRows, type PlayableSegment } from '../persistence/segment-rows.js';

/** Builds replays: the index of a session's recordings and the log of its room, both in room time. */
@Injectable()
export class Replays {
  constructor(
    private readonly sessions: SessionAccess,
    private readonly rooms: RoomDirectory,
    private readonly log: RoomLog,
    private readonly recordings: RecordingRows,
    private readonly segments: SegmentRows,
    private readonly audit: Audit,
  ) {}

  /**
   * The replay of a session as the actor may see it; that they looked is audited. In `ctx`'s transaction, which writes.
   * @throws RESOURCE.NOT_FOUND without a recording, or for someone who has nothing to do with the course
   */
  async view(ctx: RequestContext, sessionId: string): Promise<Replay> {
    const grant = await this.sessions.requireSession(ctx, sessionId, 'recording.view');
    const room = await this.rooms.findBySession(ctx, sessionId);
    const recordings = await this.recordings.ofSessions(ctx, [sessionId]);
    if (!room || recordings.length === 0) throw notFound('replay', sessionId);
    const viewer = await this.viewer(ctx, room, roleInRoom(grant));
    const log = await this.log.read(ctx, room.id, viewer);
    if (!log) throw notFound('replay', sessionId);
    const ids = recordings.map((recording) => recording.id);
    const segments = await this.segments.playable(ctx, ids);
    await this.audit.record(ctx, {
      action: 'replay.viewed',
      target: { kind: 'session', id: sessionId },
      outcome: 'allowed',
      detail: { recordings: recordings.length, segments: segments.length },
    });
    return {
      sessionId,
      roomId: room.id,
      status: overallStatus(recordings),
      openedAt: Math.round(recordings[0]?.roomOpenedAtMs ?? room.openedAt ?? 0),
      durationMs: durationOf(recordings, segments),
      recordings: recordings.map(({ id, status, startMs, endMs }) => ({ id, status, startMs, endMs })),
      tracks: tracksOf(ctx.tenant.slug, segments),
      events: [...log.events],
      references: log.references,
    };
  }

  /** A seat of their own shows them the private messages they were part of; who was not there sees what the room saw. */
  private async viewer(ctx: RequestContext, room: RoomRow, roleNow: ParticipantRole): Promise<Viewer> {
    const { actor } = ctx;
    const personId = actor.kind === 'person' || actor.kind === 'participant' ? actor.personId : null;
    const seat = personId === null ? null : await this.rooms.participantOf(ctx, room.id, personId);
    return { participantId: seat?.id ?? null, role: seat?.role ?? roleNow, admitted: true };
  }
}

/** The least finished one counts; failed ones only when there is nothing else. */
export function overallStatus(recordings: readonly Pick<RecordingRow, 'status'>[]): RecordingStatus {
  const order: readonly RecordingStatus[] = ['recording', 'finishing', 'ready', 'failed'];
  return order.find((status) => recordings.some((recording) => recording.status === status)) ?? 'failed';
}

/** Room time at which the last thing ends. */
export function durationOf(
  recordings: readonly Pick<RecordingRow, 'endMs' | 'startMs'>[],
  segments: readonly Pick<PlayableSegment, 'startMs' | 'durationMs'>[],
): number {
  const ends = [
    ...recordings.map((recording) => recording.endMs ?? recording.startMs),
    ...segments.map((segment) => segment.startMs + segment.durationMs),
  ];
  return Math.max(0, ...ends);
}

/** One track per participant and source, over all recordings of the session. */
export function tracksOf(slug: string, segments: readonly PlayableSegment[]): ReplayTrack[] {
  const tracks = new Map<string, ReplayTrack>();
  for (const segment of segments) {
    const { participantId, source } = segment;
    const name = `${participantId}/${source}`;
    const kind = isAudioSource(source) ? 'audio' : 'video';
    const track = tracks.get(name) ?? { trackId: segment.trackId, participantId, source, kind, segments: [] };
    tracks.set(name, track);
    const { id, startMs, durationMs, mime, bytes, width, height } = segment;
    const url = `/t/${slug}/api/v1/recordings/${segment.recordingId}/segments/${id}/media`;
    track.segments.push({ id, startMs, durationMs, mime, bytes, url, width, height });
  }
  return [...tracks.values()];
}
