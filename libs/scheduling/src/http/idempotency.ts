import { createHash, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestContext } from '@lyceum/platform/context';
import { commonError } from '@lyceum/platform/errors';

const keyPattern = /^[\x21-\x7e]{1,200}$/;

/**
 * The id under which a request creates something. With an `Idempotency-Key` header it follows from who asks, for what, and
 * the key: so a request that is repeated, at another api or after a restart, finds what the first one made.
 * @param what the kind of thing and its parent, e.g. `session of <course id>`
 * @throws REQUEST.INVALID for a key of other than 1 to 200 printable characters.
 */
export function idOfNew(ctx: RequestContext, headers: IncomingHttpHeaders, what: string): string {
  const key = headers['idempotency-key'];
  if (key === undefined) return randomUUID();
  if (typeof key !== 'string' || !keyPattern.test(key)) {
    const message = 'must be 1 to 200 printable characters';
    throw commonError('REQUEST.INVALID', { issues: [{ path: 'headers.idempotency-key', message }] });
  }
  const who = ctx.actor.kind === 'person' ? ctx.actor.personId : ctx.actor.kind;
  return uuidFrom(JSON.stringify([ctx.tenant.id, who, what, key]));
}

/** A version 8 UUID (RFC 9562, section 5.8): its bits are ours to choose, here from SHA-256. */
function uuidFrom(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
