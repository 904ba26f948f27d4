import { z } from 'zod';
import { problemSchema } from '../http/problem.js';
import { participantRoleSchema } from './audience.js';
import { commandResultSchema } from './commands.js';
import { roomEventSchema } from './events.js';
import type { RoomState } from './state.js';

/** Largest text frame either side accepts, bytes. */
export const MAX_FRAME_BYTES = 64 * 1024;

/** Names and texts that the events beside them refer to; null when they were erased. */
export const referencesSchema = z.object({
  people: z.record(z.uuid(), z.object({ name: z.string() }).nullable()),
  texts: z.record(z.uuid(), z.string().nullable()),
});
export type References = z.infer<typeof referencesSchema>;

/** Answer to `POST sessions/{id}/join`. The seat token is bound to room and participant, and can be revoked. */
export const joinResponseSchema = z.object({
  roomId: z.uuid(),
  sessionId: z.uuid(),
  participantId: z.uuid(),
  role: participantRoleSchema,
  name: z.string(),
  seatToken: z.string(),
  /** RFC 8829 iceServers; credentials expire. */
  iceServers: z.array(
    z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() }),
  ),
});
export type JoinResponse = z.infer<typeof joinResponseSchema>;

/** Frames from the client, JSON in text messages. `command` payloads are parsed by their own schema after dispatch. */
export const clientFrameSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), seatToken: z.string().max(4096), since: z.int().nonnegative().nullable() }),
  z.object({ t: z.literal('cmd'), id: z.uuid(), type: z.string().max(64), payload: z.unknown() }),
  z.object({ t: z.literal('media'), id: z.uuid(), engine: z.string().max(32), payload: z.unknown() }),
  z.object({ t: z.literal('ping') }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;

/** Where the client's own seat stands. */
export const seatStatusSchema = z.enum(['prepared', 'waiting', 'present', 'gone']);
export type SeatStatus = z.infer<typeof seatStatusSchema>;

const youSchema = z.object({
  participantId: z.uuid(),
  role: participantRoleSchema,
  status: seatStatusSchema,
});
export type You = z.infer<typeof youSchema>;

const batch = {
  /** The batch covers numbers from..to of the log; those that are missing were not for this viewer. */
  from: z.int().nonnegative(),
  to: z.int().nonnegative(),
  events: z.array(roomEventSchema),
  references: referencesSchema,
};

/**
 * Full projected state as of number `to`, sent when the client had nothing or too little. The `events` of a welcome with a
 * snapshot are the latest visible chat only: they are folded into the chat log, not into the state again.
 */
const snapshotSchema = z.object({
  state: z.custom<RoomState>((value) => typeof value === 'object' && value !== null && 'seats' in value),
});

/** Frames from the server. */
export const serverFrameSchema = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('welcome'),
    you: youSchema,
    /** Server clock, ms since the epoch, for room time on the client. */
    now: z.int(),
    snapshot: snapshotSchema.nullable(),
    ...batch,
  }),
  z.object({ t: z.literal('events'), ...batch }),
  /** One's own seat changed (admitted, removed): a fresh snapshot follows in a welcome when admission changed. */
  z.object({ t: z.literal('you'), you: youSchema }),
  z.object({ t: z.literal('ack'), id: z.uuid(), number: z.int().nonnegative(), result: commandResultSchema }),
  z.object({ t: z.literal('nack'), id: z.uuid(), problem: problemSchema }),
  z.object({ t: z.literal('media-ack'), id: z.uuid(), payload: z.unknown() }),
  z.object({ t: z.literal('media-event'), engine: z.string(), payload: z.unknown() }),
  z.object({ t: z.literal('pong'), now: z.int() }),
  z.object({ t: z.literal('bye'), problem: problemSchema }),
]);
export type ServerFrame = z.infer<typeof serverFrameSchema>;
export type WelcomeFrame = Extract<ServerFrame, { t: 'welcome' }>;
