import { commandPayloads, commandRules, mayCommand, type CommandPayload, type CommandType } from '@lyceum/contracts';
import { attendance } from './commands/attendance.js';
import { chat } from './commands/chat.js';
import { ending } from './commands/ending.js';
import { hands } from './commands/hands.js';
import { host } from './commands/host.js';
import { lobby } from './commands/lobby.js';
import { media } from './commands/media.js';
import { polls } from './commands/polls.js';
import { recording } from './commands/recording.js';
import type { Case, Decision, Handlers } from './decision.js';
import { refuse } from './refuse.js';

/** One handler per command of the contract; a command without one does not compile. */
const handlers: Handlers<CommandType> = {
  ...attendance,
  ...chat,
  ...ending,
  ...hands,
  ...host,
  ...lobby,
  ...media,
  ...polls,
  ...recording,
};

/** True for the name of a command in the contract; names of JavaScript's own objects are none. */
export const isCommandType = (type: string): type is CommandType => Object.hasOwn(commandPayloads, type);

/** Parses a command's payload by its contract; refuses with the first few mistakes. */
export function parsePayload<T extends CommandType>(type: T, payload: unknown): CommandPayload<T> {
  const parsed = commandPayloads[type].safeParse(payload);
  if (parsed.success) return parsed.data as CommandPayload<T>;
  const mistakes = parsed.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'payload'}: ${issue.message}`);
  return refuse('ROOM.INVALID_COMMAND', mistakes.join('; '));
}

/** Checks role and presence by the contract's rule, then asks the command's handler. Throws a coded error to refuse. */
export function decide<T extends CommandType>(type: T, given: Case<T>): Decision {
  if (!mayCommand(type, given.speaker.role)) return refuse('ROOM.FORBIDDEN');
  if (given.state.endedAt !== null) return refuse('ROOM.ENDED');
  if (commandRules[type].seat === 'present' && !given.seat?.present) return refuse('ROOM.NOT_PRESENT');
  return handlers[type](given);
}
