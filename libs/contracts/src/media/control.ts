import { z } from 'zod';
import { problemSchema } from '../http/problem.js';
import { mediaEventSchema } from './events.js';
import { mediaTrackSchema, seatPrioritySchema } from './track.js';

/**
 * Between an api process and a media node: one WebSocket (JSON text frames) that the api opens at the node's control port,
 * path MEDIA_CONTROL_PATH, `Authorization: Bearer <control token>`. Every api connects to every node; a node tells all of
 * its apis everything, so that any of them can die. Both sides send something at least every CONTROL_HEARTBEAT_MS; a side that
 * heard nothing for CONTROL_LEASE_MS closes the socket. The api reconnects for ever and repeats its `wanted`.
 */
export const MEDIA_CONTROL_PATH = '/control';
export const CONTROL_HEARTBEAT_MS = 1_000;
export const CONTROL_LEASE_MS = 3_000;

/** What one seat may do now. A seat that is listed may see the tracks and prepare consumers; `present` turns media on. */
export const wantedSeatSchema = z.object({
  present: z.boolean(),
  /** May be heard (mic). */
  audio: z.boolean(),
  /** May be seen (camera). */
  video: z.boolean(),
  /** May share a screen, with its sound. */
  screen: z.boolean(),
  /** Null for most. */
  priority: seatPrioritySchema.nullable().default(null),
});
export type WantedSeat = z.infer<typeof wantedSeatSchema>;

export const wantedRecordingSchema = z.object({
  recordingId: z.uuid(),
  tenantId: z.uuid(),
  /** Room time zero: server clock of `room.opened`, ms since the epoch. */
  roomOpenedAtMs: z.int(),
  paused: z.boolean(),
});
export type WantedRecording = z.infer<typeof wantedRecordingSchema>;

/**
 * How a room should be. `version` orders them (the log number it was folded from): an older one is ignored, an equal one
 * replaces. Seats that an applied version listed and a later one does not are closed; a seat never listed can connect its
 * transports and nothing else (the lobby).
 */
export const wantedRoomSchema = z.object({
  roomId: z.uuid(),
  version: z.int().nonnegative(),
  /** The class is over: everything of the room is closed and forgotten. */
  ended: z.boolean(),
  seats: z.record(z.uuid(), wantedSeatSchema),
  recording: wantedRecordingSchema.nullable(),
});
export type WantedRoom = z.infer<typeof wantedRoomSchema>;

/**
 * Which nodes serve a room. Its home records it; a branch serves the people who are nearer to it, and shares media with
 * home over a branch link. Belongs to the `wanted` that it comes with.
 */
export const roomPlaceSchema = z.object({
  /** `control`: the address of its control port, `ws://host:port`. */
  home: z.object({ node: z.string().max(64), control: z.string().max(256) }),
  /** Id of the branch, for everyone who is not served at home. */
  away: z.record(z.uuid(), z.string().max(64)),
});
export type RoomPlace = z.infer<typeof roomPlaceSchema>;

export const actualRecordingSchema = z.object({
  recordingId: z.uuid(),
  /** `connecting`: no recorder answers at the moment; nothing is recorded until it does. */
  state: z.enum(['connecting', 'recording', 'paused', 'failed']),
  tracks: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  problem: problemSchema.optional(),
});
export type ActualRecording = z.infer<typeof actualRecordingSchema>;

/** How a room is. */
export const actualRoomSchema = z.object({
  roomId: z.uuid(),
  /** Version of `wanted` that was applied last; 0 before the first. */
  version: z.int().nonnegative(),
  epoch: z.uuid(),
  /** People with a prepared seat: whether their transports are connected. */
  seats: z.record(z.uuid(), z.object({ connected: z.boolean(), present: z.boolean() })),
  tracks: z.array(mediaTrackSchema),
  recording: actualRecordingSchema.nullable(),
});
export type ActualRoom = z.infer<typeof actualRoomSchema>;

/** Load of a node, for placement and for operators. */
export const nodeLoadSchema = z.object({
  rooms: z.int(),
  seats: z.int(),
  tracks: z.int(),
  /** CPU share of each worker in the last second, 0..1. */
  workers: z.array(z.number()),
});
export type NodeLoad = z.infer<typeof nodeLoadSchema>;

export const apiToMediaSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), instance: z.string().max(64) }),
  z.object({ t: z.literal('heartbeat') }),
  z.object({ t: z.literal('wanted'), wanted: wantedRoomSchema, place: roomPlaceSchema }),
  /**
   * The room was given to another node by `version`: an older `wanted` is void, a newer one brings the room back. Its recording
   * is let go of at once, its seats after `afterMs`, so that people can be on the other node first.
   */
  z.object({
    t: z.literal('release'),
    roomId: z.uuid(),
    version: z.int().nonnegative(),
    afterMs: z.int().nonnegative().max(60_000),
  }),
  /** `payload` is a MediaRequest, parsed by the engine. */
  z.object({
    t: z.literal('request'),
    id: z.int(),
    roomId: z.uuid(),
    participantId: z.uuid(),
    payload: z.unknown(),
  }),
]);
export type ApiToMedia = z.infer<typeof apiToMediaSchema>;

export const mediaToApiSchema = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('welcome'),
    node: z.string(),
    region: z.string(),
    /** New with every start of the node's process, and when it gave up its rooms: those of another epoch are gone. */
    epoch: z.uuid(),
    rooms: z.array(actualRoomSchema),
  }),
  /** Also at once after `welcome`, and when `draining` changes: a node that drains wants its rooms moved elsewhere. */
  z.object({ t: z.literal('heartbeat'), load: nodeLoadSchema, draining: z.boolean().default(false) }),
  /** Exactly one of `payload` and `problem`. */
  z.object({ t: z.literal('response'), id: z.int(), payload: z.unknown(), problem: problemSchema.optional() }),
  z.object({ t: z.literal('actual'), actual: actualRoomSchema }),
  /** `to`: the participants who shall get it. */
  z.object({ t: z.literal('event'), roomId: z.uuid(), to: z.array(z.uuid()), event: mediaEventSchema }),
]);
export type MediaToApi = z.infer<typeof mediaToApiSchema>;
