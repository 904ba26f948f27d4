import { emptyRoom, reduce, type RoomEvent, type RoomState } from '@lyceum/contracts';

/** A room's state after the event with `number`; 0 before the first. */
export interface Fold {
  readonly number: number;
  readonly state: RoomState;
}

export const emptyFold: Fold = { number: 0, state: emptyRoom };

/**
 * Folds `events` on top. Those that are in it already are skipped, so that overlapping reads are harmless.
 * @throws Error when a number is missing: a gap must be read again, not folded over.
 */
export function advance(fold: Fold, events: readonly RoomEvent[]): Fold {
  let { number, state } = fold;
  for (const event of events) {
    if (event.number <= number) continue;
    if (event.number !== number + 1) throw new Error(`event ${event.number} can not follow ${number}`);
    number = event.number;
    state = reduce(state, event);
  }
  return { number, state };
}
