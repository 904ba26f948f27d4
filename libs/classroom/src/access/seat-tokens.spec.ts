import { describe, expect, it } from 'vitest';
import { SignJWT } from 'jose';
import { SeatTokens } from './seat-tokens.js';

const key = new Uint8Array(32).fill(7);
const claims = { tenantId: 't', roomId: 'r', participantId: 'p', epoch: 3, webSession: 's' };
const HOUR = 3_600_000;

describe('AV-01 seat tokens', () => {
  it('give back what was signed, for twelve hours', async () => {
    const tokens = new SeatTokens(key);
    const token = await tokens.issue(claims, 0);
    expect(await tokens.verify(token, 11 * HOUR)).toEqual(claims);
    expect(await tokens.verify(token, 13 * HOUR)).toBeNull();
  });

  it('refuse another key, a changed claim and garbage', async () => {
    const tokens = new SeatTokens(key);
    const token = await tokens.issue(claims);
    const [header, payload, signature] = token.split('.');
    const other = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()), rid: 'x' }),
    );
    expect(await new SeatTokens(new Uint8Array(32).fill(8)).verify(token)).toBeNull();
    expect(await tokens.verify(`${header}.${other.toString('base64url')}.${signature}`)).toBeNull();
    expect(await tokens.verify('not a token')).toBeNull();
  });

  it('refuse a token of another kind signed with the same key', async () => {
    const foreign = await new SignJWT({ tid: 't', rid: 'r', ep: 0 })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('p')
      .setAudience('lyceum-seat')
      .setExpirationTime('1h')
      .sign(key);
    expect(await new SeatTokens(key).verify(foreign)).toBeNull();
  });

  it('refuse a short key', () => {
    expect(() => new SeatTokens(new Uint8Array(16))).toThrow('at least 32 bytes');
  });
});
