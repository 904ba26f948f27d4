import type { CommandPayload, CommandType } from '@lyceum/contracts';
import { decide, isCommandType, parsePayload } from './decide.js';
import type { Case, Decision } from './decision.js';
import { refuse } from './refuse.js';

/** A command that was parsed and waits for the room's turn. */
export interface PreparedCommand {
  readonly type: CommandType;
  /** Participants that it is about, beside the speaker. */
  readonly subjects: readonly string[];
  readonly decide: (given: Omit<Case<CommandType>, 'payload'>) => Decision;
}

/** Parses a command by its contract. Throws ROOM.UNKNOWN_COMMAND or ROOM.INVALID_COMMAND. */
export function prepare(type: string, payload: unknown): PreparedCommand {
  return isCommandType(type) ? prepareKnown(type, payload) : refuse('ROOM.UNKNOWN_COMMAND');
}

function prepareKnown<T extends CommandType>(type: T, raw: unknown): PreparedCommand {
  const payload = parsePayload(type, raw);
  return { type, subjects: subjectsOf(payload), decide: (given) => decide(type, { ...given, payload }) };
}

function subjectsOf(payload: CommandPayload<CommandType>): string[] {
  return 'participantId' in payload && payload.participantId !== undefined ? [payload.participantId] : [];
}
