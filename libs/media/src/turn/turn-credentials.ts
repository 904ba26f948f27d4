import { createHmac } from 'node:crypto';

/** Username and password for a TURN server, as `RTCIceServer` wants them. */
export interface TurnCredentials {
  readonly username: string;
  readonly credential: string;
}

/**
 * Time-limited TURN credentials from a secret shared with the TURN server (draft-uberti-behave-turn-rest-00, section 2.2;
 * coturn's `use-auth-secret`): the username is the expiry in seconds since the epoch, a colon and a name; the password is
 * base64(HMAC-SHA1(secret, username)). The name only shows up in the TURN server's log: give an id, never a person's name.
 */
export function turnCredentials(secret: string, ttlSeconds: number, name: string, nowMs = Date.now()): TurnCredentials {
  const username = `${Math.floor(nowMs / 1000) + ttlSeconds}:${name}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
