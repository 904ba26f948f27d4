import { SignJWT, errors, jwtVerify } from 'jose';

/** What a seat token says: whose seat, in which room of which tenant, and which issue of it. */
export interface SeatClaims {
  readonly tenantId: string;
  readonly roomId: string;
  readonly participantId: string;
  /** Seats count their revocations; a token of an earlier epoch opens nothing. */
  readonly epoch: number;
  /** The browser's session it was issued to, if any: signing out there closes the seat's sockets. */
  readonly webSession?: string;
}

/** Longer than any class; a seat is taken back by its epoch, not by waiting. */
const VALID_SECONDS = 12 * 3600;
const AUDIENCE = 'lyceum-seat';
const SHORTEST_KEY_BYTES = 32;

/**
 * Signs and checks seat tokens (JWS, RFC 7515, HS256). Every api of the appliance shares the key, so that a reconnect
 * through another one needs neither Keycloak nor Redis.
 */
export class SeatTokens {
  constructor(private readonly key: Uint8Array) {
    if (key.byteLength < SHORTEST_KEY_BYTES) throw new Error('the seat token key must have at least 32 bytes');
  }

  /** A token for one seat, valid for 12 hours from `nowMs` (milliseconds since 1970). */
  issue(claims: SeatClaims, nowMs = Date.now()): Promise<string> {
    const issued = Math.floor(nowMs / 1000);
    const { tenantId: tid, roomId: rid, epoch: ep, webSession: sid } = claims;
    return new SignJWT({ tid, rid, ep, ...(sid !== undefined && { sid }) })
      .setProtectedHeader({ alg: 'HS256', typ: 'seat+jwt' })
      .setSubject(claims.participantId)
      .setAudience(AUDIENCE)
      .setIssuedAt(issued)
      .setExpirationTime(issued + VALID_SECONDS)
      .sign(this.key);
  }

  /** The claims of a token that we signed and that has not expired; null for everything else. */
  async verify(token: string, nowMs = Date.now()): Promise<SeatClaims | null> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: ['HS256'],
        audience: AUDIENCE,
        typ: 'seat+jwt',
        currentDate: new Date(nowMs),
      });
      const { tid, rid, ep, sub, sid } = payload;
      if (typeof tid !== 'string' || typeof rid !== 'string' || typeof ep !== 'number' || !sub) return null;
      const webSession = typeof sid === 'string' ? { webSession: sid } : {};
      return { tenantId: tid, roomId: rid, participantId: sub, epoch: ep, ...webSession };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
