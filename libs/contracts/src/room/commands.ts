import { z } from 'zod';
import { isHost, type ParticipantRole } from './audience.js';

const id = z.uuid();
const nothing = z.object({});

/** Payloads by command type. A command's own id (uuid) makes it idempotent within its room. */
export const commandPayloads = {
  'participant.join': z.object({ mic: z.boolean(), camera: z.boolean() }),
  'participant.leave': nothing,
  'media.set': z.object({ mic: z.boolean(), camera: z.boolean(), screen: z.boolean() }).partial(),
  'hand.raise': nothing,
  /** Without a participant: one's own. */
  'hand.lower': z.object({ participantId: id.optional() }),
  'chat.send': z.object({
    text: z.string().trim().min(1).max(4000),
    to: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('room') }),
      z.object({ kind: z.literal('hosts') }),
      z.object({ kind: z.literal('person'), participantId: id }),
    ]),
  }),
  /** Without a participant: everyone but the hosts. */
  'host.mute': z.object({ participantId: id.optional() }),
  'host.stop-video': z.object({ participantId: id }),
  'host.stop-share': z.object({ participantId: id }),
  'host.set-interpreter': z.object({ participantId: id, interpreter: z.boolean() }),
  'host.remove': z.object({ participantId: id }),
  'lobby.set': z.object({ enabled: z.boolean() }),
  'lobby.admit': z.object({ participantId: id }),
  'lobby.deny': z.object({ participantId: id }),
  'recording.start': nothing,
  'recording.pause': nothing,
  'recording.resume': nothing,
  'recording.stop': nothing,
  'poll.open': z.object({
    question: z.string().trim().min(1).max(500),
    options: z.array(z.string().trim().min(1).max(200)).min(2).max(10),
  }),
  'poll.answer': z.object({ pollId: id, option: z.int().min(0).max(9) }),
  'poll.close': z.object({ pollId: id }),
  'room.end': nothing,
} as const;

export type CommandType = keyof typeof commandPayloads;
export type CommandPayload<T extends CommandType> = z.infer<(typeof commandPayloads)[T]>;
export const commandTypes = Object.keys(commandPayloads) as readonly CommandType[];

/** What the ack carries beside the number of the command's last event. */
export const commandResultSchema = z.object({
  messageId: id.optional(),
  recordingId: id.optional(),
  pollId: id.optional(),
  /** Set by participant.join when the person has to wait. */
  waiting: z.boolean().optional(),
});
export type CommandResult = z.infer<typeof commandResultSchema>;

type Rule = { readonly roles: 'all' | 'host' | 'instructor'; readonly seat: 'any' | 'present' };

/** Who may say what, and whether they must be in the room for it. The portal hides what this forbids; the api enforces it. */
export const commandRules: Readonly<Record<CommandType, Rule>> = {
  'participant.join': { roles: 'all', seat: 'any' },
  'participant.leave': { roles: 'all', seat: 'any' },
  'media.set': { roles: 'all', seat: 'present' },
  'hand.raise': { roles: 'all', seat: 'present' },
  'hand.lower': { roles: 'all', seat: 'present' },
  'chat.send': { roles: 'all', seat: 'present' },
  'host.mute': { roles: 'host', seat: 'present' },
  'host.stop-video': { roles: 'host', seat: 'present' },
  'host.stop-share': { roles: 'host', seat: 'present' },
  'host.set-interpreter': { roles: 'host', seat: 'present' },
  'host.remove': { roles: 'host', seat: 'present' },
  'lobby.set': { roles: 'host', seat: 'present' },
  'lobby.admit': { roles: 'host', seat: 'present' },
  'lobby.deny': { roles: 'host', seat: 'present' },
  'recording.start': { roles: 'host', seat: 'present' },
  'recording.pause': { roles: 'host', seat: 'present' },
  'recording.resume': { roles: 'host', seat: 'present' },
  'recording.stop': { roles: 'host', seat: 'present' },
  'poll.open': { roles: 'host', seat: 'present' },
  'poll.answer': { roles: 'all', seat: 'present' },
  'poll.close': { roles: 'host', seat: 'present' },
  'room.end': { roles: 'instructor', seat: 'present' },
};

/** True when a participant of `role` may use `type` at all; finer rules (own hand, own share) are the handler's. */
export function mayCommand(type: CommandType, role: ParticipantRole): boolean {
  const { roles } = commandRules[type];
  return roles === 'all' || (roles === 'host' ? isHost(role) : role === 'instructor');
}
