import { roomError } from './errors.js';

export type RoomErrorCode = Parameters<typeof roomError>[0];

/** Ends a use case with one of the room's own errors. `detail` is shown to the caller. */
export function refuse(code: RoomErrorCode, detail?: string): never {
  throw roomError(code, detail === undefined ? {} : { detail });
}
