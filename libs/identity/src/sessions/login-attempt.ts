import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Sealer } from './sealer.js';

/** Minutes a person may take at Keycloak's pages, second factor and all. */
export const LOGIN_MINUTES = 15;

const attemptSchema = z.object({
  tenantId: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  /** Unix time in milliseconds. */
  expiresAt: z.number(),
});

/**
 * One sign-in on its way through Keycloak, kept in a sealed cookie: so any api process can finish what another began, and
 * a callback that this browser didn't start (RFC 6749, section 10.12) finds none.
 */
export type LoginAttempt = z.infer<typeof attemptSchema>;

export function newAttempt(tenantId: string, returnTo: string, nowMs: number): LoginAttempt {
  const random = () => randomBytes(32).toString('base64url');
  const expiresAt = nowMs + LOGIN_MINUTES * 60_000;
  return { tenantId, state: random(), nonce: random(), verifier: random(), returnTo, expiresAt };
}

/** S256 (RFC 7636, section 4.2). */
export const challengeOf = (attempt: LoginAttempt): string =>
  createHash('sha256').update(attempt.verifier).digest('base64url');

/** A cookie per attempt, so that two tabs that sign in at once don't take each other's. */
export const attemptCookie = (state: string): string => `__Host-lyceum-login-${state.slice(0, 12)}`;

export const sealAttempt = (sealer: Sealer, attempt: LoginAttempt): string =>
  sealer.seal(JSON.stringify(attempt), attempt.state).toString('base64url');

/** @returns undefined unless the cookie holds the attempt of just this state and tenant, and is recent. */
export function openAttempt(
  sealer: Sealer,
  cookie: string | undefined,
  expected: { state: string; tenantId: string; nowMs: number },
): LoginAttempt | undefined {
  const text = cookie === undefined ? undefined : sealer.open(Buffer.from(cookie, 'base64url'), expected.state);
  if (text === undefined) return undefined;
  const attempt = attemptSchema.parse(JSON.parse(text));
  return attempt.tenantId === expected.tenantId && attempt.expiresAt > expected.nowMs ? attempt : undefined;
}
