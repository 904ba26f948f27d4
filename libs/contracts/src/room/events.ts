import { z } from 'zod';
import { audienceSchema, participantRoleSchema } from './audience.js';

const id = z.uuid();

/** What a participant means to send. The tracks that really flow are told by media (`actual`), never by the log. */
export const mediaIntentSchema = z.object({ mic: z.boolean(), camera: z.boolean(), screen: z.boolean() });
export type MediaIntent = z.infer<typeof mediaIntentSchema>;

/**
 * Payloads by event type, all at version 1. Events carry ids only: names and free text live in rows that retention and
 * erasure can remove (`textId` points there), so a log that lost them still folds.
 */
export const eventPayloads = {
  'room.opened': z.object({ sessionId: id }),
  'room.ended': z.object({ reason: z.enum(['host', 'abandoned', 'system']) }),
  'participant.joined': z.object({ participantId: id, role: participantRoleSchema, media: mediaIntentSchema }),
  'participant.left': z.object({ participantId: id, reason: z.enum(['left', 'removed', 'lost', 'ended']) }),
  'media.changed': z.object({ participantId: id, media: mediaIntentSchema }),
  /** Their picture is what a voice is to others: it is exempt from what bad networks take away. */
  'interpreter.changed': z.object({ participantId: id, interpreter: z.boolean() }),
  'hand.raised': z.object({ participantId: id }),
  'hand.lowered': z.object({ participantId: id }),
  'chat.posted': z.object({ messageId: id, participantId: id, textId: id }),
  'lobby.changed': z.object({ enabled: z.boolean() }),
  'lobby.entered': z.object({ participantId: id }),
  'lobby.left': z.object({ participantId: id, outcome: z.enum(['admitted', 'denied', 'gone']) }),
  'recording.started': z.object({ recordingId: id }),
  'recording.paused': z.object({ recordingId: id }),
  'recording.resumed': z.object({ recordingId: id }),
  'recording.stopped': z.object({ recordingId: id }),
  'poll.opened': z.object({ pollId: id, questionTextId: id, optionTextIds: z.array(id).min(2).max(10) }),
  /** Has no author, neither here nor in `actor`: an answer is anonymous from its first byte. */
  'poll.answered': z.object({ pollId: id, option: z.int().min(0).max(9) }),
  'poll.closed': z.object({ pollId: id, counts: z.array(z.int().min(0)) }),
} as const;

export type EventType = keyof typeof eventPayloads;
export type EventPayload<T extends EventType> = z.infer<(typeof eventPayloads)[T]>;

/** Current version of every event type; older stored versions are upcast when read, never rewritten. */
export const EVENT_VERSION = 1;

const envelope = {
  /** Position in the room's log, from 1, without gaps in the whole log; a projection may skip. */
  number: z.int().positive(),
  /** Server clock, milliseconds since the Unix epoch. */
  at: z.int().nonnegative(),
  version: z.int().positive(),
  /** Participant who caused it; null for the system and for anonymous events. */
  actor: id.nullable(),
  audience: audienceSchema,
};

const eventOf = <T extends EventType>(type: T) =>
  z.object({ ...envelope, type: z.literal(type), payload: eventPayloads[type] as (typeof eventPayloads)[T] });

export const roomEventSchema = z.discriminatedUnion('type', [
  eventOf('room.opened'),
  eventOf('room.ended'),
  eventOf('participant.joined'),
  eventOf('participant.left'),
  eventOf('media.changed'),
  eventOf('interpreter.changed'),
  eventOf('hand.raised'),
  eventOf('hand.lowered'),
  eventOf('chat.posted'),
  eventOf('lobby.changed'),
  eventOf('lobby.entered'),
  eventOf('lobby.left'),
  eventOf('recording.started'),
  eventOf('recording.paused'),
  eventOf('recording.resumed'),
  eventOf('recording.stopped'),
  eventOf('poll.opened'),
  eventOf('poll.answered'),
  eventOf('poll.closed'),
]);
export type RoomEvent = z.infer<typeof roomEventSchema>;
