import { commonError } from '@lyceum/platform/errors';
import { z } from 'zod';

const cursorSchema = z.object({ name: z.string(), id: z.uuid() });

/** The place after which the next page of the directory starts. */
export type DirectoryCursor = z.infer<typeof cursorSchema>;

/** Opaque for clients: they hand it back as it is. */
export function encodeCursor(cursor: DirectoryCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws REQUEST.INVALID for one that we never gave. */
export function decodeCursor(text: string): DirectoryCursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (cause) {
    throw commonError('REQUEST.INVALID', { detail: 'the cursor is not one of ours', cause });
  }
}
