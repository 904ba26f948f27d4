import { z } from 'zod';
import { problemSchema } from '../http/problem.js';
import { trackSourceSchema } from '../recording/status.js';
import { pipeEndSchema } from './pipe.js';
import { rtpParametersSchema, trackKindSchema } from './rtp.js';

/**
 * The link between a media node and a recorder: one WebSocket (JSON text frames), opened by the media node at the
 * recorder's control port, path RECORDER_LINK_PATH, `Authorization: Bearer <control token>`.
 *
 * The order of things
 * 1. media: `hello`; recorder: `welcome`. Both send `ping` every LINK_HEARTBEAT_MS and answer with `pong`; a side that heard
 *    nothing for LINK_LEASE_MS closes the socket. The media node reconnects for ever.
 * 2. media: `open` with its end of a pipe transport (SRTP, RTX); recorder makes its own end, connects it to the address
 *    given and answers with it. An `open` for a recording that is open replaces its pipe: every segment is closed first.
 * 3. media: `track-open` per track, `track-pause` / `track-resume` while a track is muted, `track-close`.
 * 4. media: `close`: journals are flushed and the pipe is closed before the answer.
 * Losing the socket closes every pipe on both sides; the next `hello` starts again with step 2, into new segments.
 */
export const RECORDER_LINK_PATH = '/media';
export const LINK_HEARTBEAT_MS = 1_000;
export const LINK_LEASE_MS = 3_000;

const recordingId = z.uuid();
const trackId = z.uuid();

/** Frames with an `id` are answered by `reply` with the same id; the others are facts that need no answer. */
export const mediaToRecorderSchema = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('hello'),
    /** Id of the media node, e.g. `media`. */
    node: z.string().max(64),
    region: z.string().max(64),
  }),
  z.object({ t: z.literal('ping') }),
  z.object({ t: z.literal('pong') }),
  z.object({
    t: z.literal('open'),
    id: z.int(),
    recordingId,
    roomId: z.uuid(),
    tenantId: z.uuid(),
    /** Room time zero, server clock, ms since the Unix epoch. */
    roomOpenedAtMs: z.int(),
    /** Names the worker incarnation whose clock stamps the sender reports; a new one is a new clock. */
    epoch: z.string().max(64),
    pipe: pipeEndSchema,
  }),
  z.object({
    t: z.literal('track-open'),
    id: z.int(),
    recordingId,
    trackId,
    participantId: z.uuid(),
    source: trackSourceSchema,
    kind: trackKindSchema,
    /** Of the pipe consumer: what the recorder's pipe transport produces with; every encoding has its own SSRC. */
    rtpParameters: rtpParametersSchema,
    /** The track is muted now. */
    paused: z.boolean(),
  }),
  z.object({ t: z.literal('track-pause'), recordingId, trackId }),
  z.object({ t: z.literal('track-resume'), recordingId, trackId }),
  z.object({ t: z.literal('track-close'), recordingId, trackId }),
  z.object({ t: z.literal('close'), id: z.int(), recordingId }),
]);
export type MediaToRecorder = z.infer<typeof mediaToRecorderSchema>;

/** Result of `open`; the other requests answer with an empty result. */
export const openResultSchema = z.object({ pipe: pipeEndSchema });

export const recorderToMediaSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('welcome'), instance: z.string().max(64) }),
  z.object({ t: z.literal('ping') }),
  z.object({ t: z.literal('pong') }),
  /** Exactly one of `result` and `problem`. */
  z.object({
    t: z.literal('reply'),
    id: z.int(),
    result: z.object({ pipe: pipeEndSchema.optional() }).optional(),
    problem: problemSchema.optional(),
  }),
  /** A key frame is wanted where RTCP cannot ask for it (the recorder asks by PLI through the pipe otherwise). */
  z.object({ t: z.literal('key-frame'), recordingId, trackId }),
  /** Told at every change and about once a second while tracks are open. */
  z.object({
    t: z.literal('status'),
    recordingId,
    state: z.enum(['recording', 'failed', 'closed']),
    tracks: z.int().nonnegative(),
    /** Bytes journalled in this recording by this recorder process. */
    bytes: z.int().nonnegative(),
    problem: problemSchema.optional(),
  }),
]);
export type RecorderToMedia = z.infer<typeof recorderToMediaSchema>;
export type RecorderStatus = Extract<RecorderToMedia, { t: 'status' }>;
