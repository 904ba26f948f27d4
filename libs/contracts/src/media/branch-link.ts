import { z } from 'zod';
import { problemSchema } from '../http/problem.js';
import { ephemeralSchema } from './events.js';
import { pipeEndSchema } from './pipe.js';
import { rtpParametersSchema } from './rtp.js';
import { mediaTrackSchema } from './track.js';

/**
 * The link between two media nodes that serve one room: a WebSocket (JSON text frames) that the branch opens at the control
 * port of the room's home, path BRANCH_LINK_PATH, `Authorization: Bearer <control token>`, the same token on all nodes. One link serves
 * all rooms of the pair. Both sides send `ping` every CONTROL_HEARTBEAT_MS; a side that heard nothing for CONTROL_LEASE_MS
 * closes the socket, and with it every pipe: a pipe transport does not notice that its other end is gone.
 *
 * The order of things
 * 1. branch: `hello`, then `open` per room, with its end of a pipe transport (SRTP, RTX). Home answers with its own end.
 * 2. Both tell each track they have for the other by `track`, then how it changes; the other produces it under the same id. A branch
 *    has its own people's tracks for home, home those of everybody else.
 * 3. Sound flows at once. Pictures flow while the other side says `track-wanted` with a layer.
 * 4. branch: `close`, or home: `closed`. Both sides forget what came through the pipe; a branch opens another when it still has the room.
 */
export const BRANCH_LINK_PATH = '/branch';

const pipe = z.uuid();
const trackId = z.uuid();

/** What either side says of a pipe that is open; about another one it is ignored. */
const passingFrames = [
  z.object({
    t: z.literal('track'),
    pipe,
    track: mediaTrackSchema,
    /** Of the pipe consumer: what the other side produces with; every encoding has its own SSRC. */
    rtpParameters: rtpParametersSchema,
  }),
  z.object({ t: z.literal('track-paused'), pipe, trackId }),
  z.object({ t: z.literal('track-resumed'), pipe, trackId }),
  z.object({ t: z.literal('track-closed'), pipe, trackId }),
  /** Of a picture: the highest encoding that somebody on the saying side needs (0 the smallest), -1 when nobody looks. */
  z.object({ t: z.literal('track-wanted'), pipe, trackId, highest: z.int().min(-1).max(7) }),
  /** Somebody on the saying side has come in as a viewer; the request itself is RTCP through the pipe, which a browser may ignore. */
  z.object({ t: z.literal('key-frame-asked'), pipe, trackId }),
  z.object({ t: z.literal('ephemeral'), pipe, from: z.uuid(), ...ephemeralSchema.shape }),
] as const;

export const passingFrameSchema = z.discriminatedUnion('t', [...passingFrames]);
export type PassingFrame = z.infer<typeof passingFrameSchema>;

export const branchToHomeSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), node: z.string().max(64) }),
  z.object({ t: z.literal('ping') }),
  z.object({ t: z.literal('open'), id: z.int(), pipe, roomId: z.uuid(), end: pipeEndSchema }),
  z.object({ t: z.literal('close'), pipe }),
  ...passingFrames,
]);
export type BranchToHome = z.infer<typeof branchToHomeSchema>;

/** Result of `open`. */
export const openedPipeSchema = z.object({ end: pipeEndSchema });

export const homeToBranchSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ping') }),
  /** Exactly one of `result` and `problem`. */
  z.object({
    t: z.literal('reply'),
    id: z.int(),
    result: openedPipeSchema.optional(),
    problem: problemSchema.optional(),
  }),
  z.object({ t: z.literal('closed'), pipe }),
  ...passingFrames,
]);
export type HomeToBranch = z.infer<typeof homeToBranchSchema>;
