import { z } from 'zod';
import { InvalidTokenError } from './errors.js';

/** Keycloak's largest tokens in practice have 8 kB; anything longer than this isn't worth parsing. */
const MAX_TOKEN_LENGTH = 16_384;
/** Milliseconds that Keycloak's clock may be ahead of ours. */
const LEEWAY_MS = 30_000;

const headerSchema = z.object({ alg: z.literal('RS256'), kid: z.string().min(1).max(256), crit: z.never().optional() });
const timesSchema = z.object({ exp: z.number(), iat: z.number(), nbf: z.number().optional() });

/**
 * Looks at a token before keycloak-connect does, since that one accepts a token without `exp`, ignores `nbf`, and
 * rejects `alg: none` only by stumbling over the missing signature (RFC 8725, sections 3.1 and 3.10). An expired token is
 * refused here, too, so that it can't cause a look at the realm's keys.
 * @returns the id of the key that is said to have signed it.
 * @throws InvalidTokenError
 */
export function signingKeyOf(token: string, nowMs: number): string {
  if (token.length > MAX_TOKEN_LENGTH) throw new InvalidTokenError('too long');
  const parts = token.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || !header || !payload || !signature) throw new InvalidTokenError('not a signed token');
  const head = headerSchema.safeParse(parsePart(header));
  if (!head.success) throw new InvalidTokenError('not signed with RS256 by a named key');
  const times = timesSchema.safeParse(parsePart(payload));
  if (!times.success) throw new InvalidTokenError('says nothing about when it is valid');
  if (times.data.exp * 1_000 <= nowMs) throw new InvalidTokenError('expired');
  if ((times.data.nbf ?? times.data.iat) * 1_000 > nowMs + LEEWAY_MS) throw new InvalidTokenError('not valid yet');
  return head.data.kid;
}

/** `iss` of a token that nobody has verified, for finding out whom to ask. */
export function unverifiedIssuer(token: string): string | undefined {
  if (token.length > MAX_TOKEN_LENGTH) return undefined;
  return z.object({ iss: z.string() }).safeParse(parsePart(token.split('.')[1] ?? '')).data?.iss;
}

function parsePart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
