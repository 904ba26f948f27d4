import type { CommandResult, RoomEvent } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import type { Decision } from '../domain/decision.js';
import type { Fold } from '../domain/fold.js';
import type { PreparedCommand } from '../domain/prepare.js';
import type { Participant } from '../persistence/participant-rows.js';

/** A parsed command of a participant. */
export interface CommandSubmission {
  readonly kind: 'command';
  readonly ctx: RequestContext;
  readonly roomId: string;
  readonly commandId: string;
  readonly command: PreparedCommand;
  readonly participantId: string;
  /** Of the seat token that the socket came with; an older one than the seat's is refused. */
  readonly seatEpoch: number;
}

/** Something the system does: opening, ending an abandoned room, closing a lost seat. */
export interface SystemSubmission {
  readonly kind: 'system';
  readonly ctx: RequestContext;
  readonly roomId: string;
  /** Participant to name in the events; null when nobody in the room did it. */
  readonly authorId: string | null;
  /** Runs under the room's lock, in the transaction; null when there is nothing to do any more. */
  readonly decide: (tx: RequestContext, fold: Fold) => Decision | null | Promise<Decision | null>;
}

export type Submission = CommandSubmission | SystemSubmission;

/** What came of a submission; failures are the submitter's alone, the rest of its batch is not touched. */
export type Outcome =
  | { readonly ok: true; readonly number: number; readonly result: CommandResult }
  | { readonly ok: false; readonly error: unknown };

/** What a batch appended, told after the commit. `texts` are the bodies it stored, `people` whom it read on the way. */
export interface Committed {
  readonly ctx: RequestContext;
  readonly roomId: string;
  readonly events: readonly RoomEvent[];
  readonly fold: Fold;
  readonly texts: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, Participant>;
}
