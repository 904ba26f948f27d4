import { schedulingError } from './errors.js';

/** A day, in milliseconds: longer is a slip of the pen, not a class. */
const MAX_LENGTH_MS = 86_400_000;

export interface SessionTimes {
  startsAt: Date;
  endsAt: Date;
}

/** @throws SESSION.TIMES */
export function checkTimes({ startsAt, endsAt }: SessionTimes): void {
  const length = endsAt.getTime() - startsAt.getTime();
  if (!(length > 0 && length <= MAX_LENGTH_MS)) throw schedulingError('SESSION.TIMES');
}
