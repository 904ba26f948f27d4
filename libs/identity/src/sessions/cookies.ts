import { createHash, randomBytes } from 'node:crypto';
import { sessionCookie } from '@lyceum/platform/http';
import type { CookieOptions } from 'express';

/** `__Host-` asks for exactly this: https, this host only, every path. Lax: a link from elsewhere arrives signed in. */
export const cookieOptions: CookieOptions = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' };

/**
 * What the session's cookie says. The tenant in it opens nothing by itself: it only lets us tell "signed in elsewhere"
 * (404) from "not signed in" (401).
 */
export interface SessionCookie {
  tenantId: string;
  secret: string;
}

const pattern = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

export function newSessionCookie(tenantId: string): SessionCookie {
  return { tenantId, secret: randomBytes(32).toString('base64url') };
}

export const formatSessionCookie = ({ tenantId, secret }: SessionCookie): string => `${tenantId}.${secret}`;

export function readSessionCookie(header: string | undefined): SessionCookie | undefined {
  const match = pattern.exec(readCookie(header, sessionCookie) ?? '');
  const [, tenantId, secret] = match ?? [];
  return tenantId !== undefined && secret !== undefined ? { tenantId, secret } : undefined;
}

/** Only the hash is stored: whoever reads the table can't become anybody. 256 random bits need no salt. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The first cookie of that name; browsers send the most specific one first. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
