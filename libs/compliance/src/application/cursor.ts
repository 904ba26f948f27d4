import { commonError } from '@lyceum/platform/errors';
import { z } from 'zod';

const placeSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** Where a page of the trail ended. */
export interface Place {
  recordedAt: string;
  id: string;
}

/** Opaque to clients: they hand it back as it is. */
export const writeCursor = ({ recordedAt, id }: Place): string =>
  Buffer.from(JSON.stringify([recordedAt, id])).toString('base64url');

/** @throws LyceumError REQUEST.INVALID when it is not one of ours. */
export function readCursor(cursor: string): Place {
  try {
    const [recordedAt, id] = placeSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { recordedAt, id };
  } catch (cause) {
    throw commonError('REQUEST.INVALID', { cause, issues: [{ path: 'query.cursor', message: 'is not a cursor' }] });
  }
}
