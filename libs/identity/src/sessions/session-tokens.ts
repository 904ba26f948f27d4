import { z } from 'zod';
import type { Tokens } from '../keycloak/realm-endpoints.js';
import type { Sealer } from './sealer.js';

const storedSchema = z.object({ refresh: z.string(), id: z.string() });

/** What a session keeps: the refresh token to ask Keycloak again, the ID token to sign out there without a question. */
export type StoredTokens = z.infer<typeof storedSchema>;

export const sealTokens = (sealer: Sealer, { refresh, id }: Tokens, sessionId: string): Buffer =>
  sealer.seal(JSON.stringify({ refresh, id } satisfies StoredTokens), sessionId);

/** @returns undefined when the session key was replaced since; that session is over. */
export function openTokens(sealer: Sealer, sealed: Buffer, sessionId: string): StoredTokens | undefined {
  const text = sealer.open(sealed, sessionId);
  return text === undefined ? undefined : storedSchema.parse(JSON.parse(text));
}
