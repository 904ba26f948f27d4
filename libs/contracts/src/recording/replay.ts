import { z } from 'zod';
import { roomEventSchema } from '../room/events.js';
import { referencesSchema } from '../room/frames.js';
import { recordingStatusSchema, trackSourceSchema } from './status.js';

/**
 * All times of a replay are **room time**: milliseconds since the `room.opened` event of the session's room, server clock.
 * So an event `at` (epoch ms) plays at `at - openedAt`, and a segment's own time zero plays at its `startMs`.
 */
const roomTime = z.number().nonnegative();

/** A stretch of one track without interruption: one WebM file. A rejoin or a restart starts the next one. */
export const replaySegmentSchema = z
  .object({
    id: z.uuid(),
    startMs: roomTime,
    durationMs: z.number().nonnegative(),
    /** With codecs, for `canPlayType`: `video/webm; codecs="vp8"`. */
    mime: z.string(),
    bytes: z.int().nonnegative(),
    /** Path on the public origin; answers ranges. */
    url: z.string(),
    /** Largest picture in the segment (layers change within it); null for sound. */
    width: z.int().positive().nullable(),
    height: z.int().positive().nullable(),
  })
  .meta({ id: 'ReplaySegment' });
export type ReplaySegment = z.infer<typeof replaySegmentSchema>;

/** Everything one participant sent from one source; its segments in order of their start (the later one wins an overlap). */
export const replayTrackSchema = z
  .object({
    trackId: z.string(),
    participantId: z.uuid(),
    source: trackSourceSchema,
    kind: z.enum(['audio', 'video']),
    segments: z.array(replaySegmentSchema),
  })
  .meta({ id: 'ReplayTrack' });
export type ReplayTrack = z.infer<typeof replayTrackSchema>;

/** One recording of the session (stop and start makes another); `endMs` is null while it runs. */
export const replayRecordingSchema = z
  .object({ id: z.uuid(), status: recordingStatusSchema, startMs: roomTime, endMs: roomTime.nullable() })
  .meta({ id: 'ReplayRecording' });
export type ReplayRecording = z.infer<typeof replayRecordingSchema>;

/**
 * `GET sessions/{id}/replay`: the index in room time over the tracks, and the room's log as the viewer may see it. Folding
 * `events` with `reduce` (and `reduceChat`) up to a moment gives the room at that moment. `status` is `ready` once all
 * recordings are; before, the index holds what already plays.
 */
export const replaySchema = z
  .object({
    sessionId: z.uuid(),
    roomId: z.uuid(),
    status: recordingStatusSchema,
    /** Server clock, epoch ms, of room time 0. */
    openedAt: z.int(),
    durationMs: z.number().nonnegative(),
    recordings: z.array(replayRecordingSchema),
    tracks: z.array(replayTrackSchema),
    events: z.array(roomEventSchema),
    references: referencesSchema,
  })
  .meta({ id: 'Replay' });
export type Replay = z.infer<typeof replaySchema>;

/** Params of `GET recordings/{recordingId}/segments/{segmentId}/media`. */
export const segmentParamsSchema = z.object({ recordingId: z.uuid(), segmentId: z.uuid() });
