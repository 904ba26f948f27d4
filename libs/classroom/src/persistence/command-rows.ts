import type { CommandResult } from '@lyceum/contracts';

/** First result of a command. `participantId` is null for anonymous ones. */
export interface CommandRow {
  readonly id: string;
  readonly participantId: string | null;
  readonly type: string;
  readonly number: number;
  readonly result: CommandResult;
}
