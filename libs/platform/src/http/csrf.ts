import type { Request } from 'express';
import { commonError } from '../errors/index.js';

export const sessionCookie = '__Host-lyceum';
export const csrfHeader = 'x-lyceum-csrf';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses an unsafe request that a foreign page could have made the browser send: with the session's cookie it needs a
 * header that only same-origin script can set, and an `Origin` (browsers send one with every unsafe request) that is
 * ours. A request with an `Authorization` header is not the browser's own doing.
 * @throws LyceumError REQUEST.FORGED
 */
export function refuseForgery(request: Pick<Request, 'method' | 'headers'>, origin: string): void {
  if (safeMethods.has(request.method) || request.headers.authorization !== undefined) return;
  if (!hasSessionCookie(request.headers.cookie)) return;
  if (request.headers[csrfHeader] === '1' && request.headers.origin === origin) return;
  throw commonError('REQUEST.FORGED');
}

function hasSessionCookie(header: string | undefined): boolean {
  return (header ?? '').split(';').some((part) => part.trim().startsWith(`${sessionCookie}=`));
}
