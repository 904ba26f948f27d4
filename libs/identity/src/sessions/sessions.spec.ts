import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formatSessionCookie, newSessionCookie, readSessionCookie } from './cookies.js';
import { newAttempt, openAttempt, sealAttempt } from './login-attempt.js';
import { safeReturnTo } from './return-to.js';
import { Sealer } from './sealer.js';

const key = randomBytes(32);
const tenantId = '6f0b3a52-8a43-4f6e-9a0e-0d7a4f9d7c11';

describe('SE-01 sealed texts', () => {
  const sealer = new Sealer(key, 'tokens');
  it('open for what they were sealed for, and for nothing else', () => {
    const sealed = sealer.seal('secret', 'row 1');
    expect(sealer.open(sealed, 'row 1')).toBe('secret');
    expect(sealer.open(sealed, 'row 2')).toBeUndefined();
    expect(new Sealer(key, 'login').open(sealed, 'row 1')).toBeUndefined();
    expect(new Sealer(randomBytes(32), 'tokens').open(sealed, 'row 1')).toBeUndefined();
  });

  it('notice every changed byte and a cut tail', () => {
    const sealed = sealer.seal('secret', 'row');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(sealer.open(changed, 'row')).toBeUndefined();
      expect(sealer.open(sealed.subarray(0, at), 'row')).toBeUndefined();
    }
  });
});

describe('SE-01 session cookie', () => {
  it('is found among others', () => {
    const cookie = newSessionCookie(tenantId);
    const header = `a=b; __Host-lyceum-login-x=1; __Host-lyceum=${formatSessionCookie(cookie)}; c=d`;
    expect(readSessionCookie(header)).toEqual(cookie);
  });
  it.each([undefined, '', '__Host-lyceum=', '__Host-lyceum=short.secret', 'x__Host-lyceum=a'])(
    'is not in %s',
    (header) => {
      expect(readSessionCookie(header)).toBeUndefined();
    },
  );
});

describe('SE-01 a sign-in on its way', () => {
  const sealer = new Sealer(key, 'login');
  const attempt = newAttempt(tenantId, '/t/northfield/', 1_000);
  const cookie = sealAttempt(sealer, attempt);
  const expected = { state: attempt.state, tenantId, nowMs: 2_000 };

  it('comes back to the browser that began it', () => {
    expect(openAttempt(sealer, cookie, expected)).toEqual(attempt);
  });
  it.each([
    ['without its cookie', undefined, expected],
    ['with another state', cookie, { ...expected, state: newAttempt(tenantId, '/', 0).state }],
    ['at another institution', cookie, { ...expected, tenantId: 'other' }],
    ['too late', cookie, { ...expected, nowMs: 1_000 + 15 * 60_000 }],
    ['with a made-up cookie', Buffer.from('made up and long enough to be one').toString('base64url'), expected],
  ])('is refused %s', (_name, given, wanted) => {
    expect(openAttempt(sealer, given, wanted)).toBeUndefined();
  });
});

describe('SE-09 where a sign-in leads', () => {
  it.each(['/t/northfield/courses?x=1#y', '/t/northfield', '/t/northfield/'])('to %s', (wanted) => {
    expect(safeReturnTo('northfield', wanted)).toBe(wanted);
  });
  it.each([
    undefined,
    '',
    '/',
    '//evil.test/t/northfield/',
    '/\\evil.test/t/northfield/',
    'https://evil.test/t/northfield/',
    'javascript:alert(1)',
    '/t/southgate/',
    '/t/northfield-evil/',
    '/t/northfield/../southgate/',
    '/t/northfield/%2e%2e/southgate/',
    '/t/northfield/auth/login',
    '\t//evil.test',
  ])('home instead of %s', (wanted) => {
    expect(safeReturnTo('northfield', wanted)).toBe('/t/northfield/');
  });
});
