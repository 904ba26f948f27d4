import { createHmac, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { InvalidTokenError, KeycloakUnavailableError } from './errors.js';
import { RealmKeys } from './realm-keys.js';
import { RealmVerifier } from './realm-verifier.js';

const good = generateKeyPairSync('rsa', { modulusLength: 2048 });
const evil = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicUrl = 'https://lyceum.test/kc';
const issuer = `${publicUrl}/realms/northfield`;

function verifier(realm = 'northfield', down = false): RealmVerifier {
  const keys = new RealmKeys({
    minIntervalMs: 1,
    fetchKeys: async () => {
      if (down) throw new Error('connection refused');
      return [{ ...good.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }];
    },
  });
  return new RealmVerifier({ realm, clientId: 'lyceum', publicUrl, keys });
}

const seconds = () => Math.floor(Date.now() / 1_000);
const claims = (over: Record<string, unknown> = {}) => ({
  typ: 'Bearer',
  sub: 'person-1',
  iss: issuer,
  aud: ['lyceum', 'account'],
  azp: 'lyceum',
  iat: seconds(),
  exp: seconds() + 60,
  realm_access: { roles: ['student'] },
  ...over,
});
const sign = (payload: Record<string, unknown>, key = good.privateKey, kid = 'k1') =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('SE-01 tokens of a realm', () => {
  it('takes a good one', async () => {
    const found = await verifier().verifyAccess(await sign(claims()));
    expect(found).toMatchObject({ sub: 'person-1', realm_access: { roles: ['student'] } });
  });

  const bad: [string, RegExp, () => Promise<string> | string][] = [
    ['nothing', /not a signed/, () => ''],
    ['words', /RS256/, () => 'not.a.token'],
    ['an expired one', /expired/, () => sign(claims({ iat: seconds() - 120, exp: seconds() - 1 }))],
    ['one without an end', /when it is valid/, () => sign(claims({ exp: undefined }))],
    ['one from the future', /not valid yet/, () => sign(claims({ nbf: seconds() + 300 }))],
    ['one signed by another key', /signature/, () => sign(claims(), evil.privateKey)],
    ['one that names a key the realm lacks', /no such/, () => sign(claims(), evil.privateKey, 'k2')],
    ['one for somebody else', /audience/, () => sign(claims({ aud: 'account' }))],
    ['one without an audience', /audience/, () => sign(claims({ aud: undefined }))],
    ['one of another realm', /ISS/, () => sign(claims({ iss: `${publicUrl}/realms/southgate` }))],
    [
      'one with the internal address as issuer',
      /ISS/,
      () => sign(claims({ iss: 'http://127.0.0.1:8453/kc/realms/northfield' })),
    ],
    ['an ID token in its place', /type/, () => sign(claims({ typ: 'ID' }))],
    ['a refresh token in its place', /type/, () => sign(claims({ typ: 'Refresh' }))],
    ['alg none', /not a signed/, () => `${part({ alg: 'none', kid: 'k1' })}.${part(claims())}.`],
    ['alg none with a signature', /RS256/, () => `${part({ alg: 'none', kid: 'k1' })}.${part(claims())}.AAAA`],
    [
      'HS256 keyed with the public key',
      /RS256/,
      () => {
        const signed = `${part({ alg: 'HS256', kid: 'k1' })}.${part(claims())}`;
        const pem = good.publicKey.export({ type: 'spki', format: 'pem' });
        return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
      },
    ],
    [
      'a changed claim',
      /signature/,
      async () => {
        const [head, , signature] = (await sign(claims())).split('.');
        return `${head}.${part(claims({ realm_access: { roles: ['admin'] } }))}.${signature}`;
      },
    ],
    ['an endless one', /too long/, () => `${part({ alg: 'RS256', kid: 'k1' })}.${'A'.repeat(20_000)}.AAAA`],
  ];
  it.each(bad)('refuses %s', async (_name, reason, make) => {
    const outcome = verifier().verifyAccess(await make());
    await expect(outcome).rejects.toBeInstanceOf(InvalidTokenError);
    await expect(outcome).rejects.toThrow(reason);
  });

  it('tells an outage from a forgery', async () => {
    const token = await sign(claims());
    await expect(verifier('northfield', true).verifyAccess(token)).rejects.toBeInstanceOf(KeycloakUnavailableError);
  });

  it('refuses an ID token about someone else, or for another client', async () => {
    const access = await sign(claims());
    const id = (over: Record<string, unknown>) => sign(claims({ typ: 'ID', aud: 'lyceum', nonce: 'n', ...over }));
    await expect(verifier().verifyPair({ access, id: await id({}) })).resolves.toMatchObject({ id: { nonce: 'n' } });
    await expect(verifier().verifyPair({ access, id: await id({ sub: 'person-2' }) })).rejects.toThrow(
      InvalidTokenError,
    );
    await expect(verifier().verifyPair({ access, id: await id({ azp: 'other' }) })).rejects.toThrow(InvalidTokenError);
  });
});
