import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RealmKeys, UnknownKeyError, type RealmKey } from './realm-keys.js';

function realmKey(kid: string, use = 'sig'): RealmKey {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...publicKey.export({ format: 'jwk' }), kid, use, alg: 'RS256' };
}

const [first, second] = [realmKey('first'), realmKey('second')];

function setup(options: { minIntervalMs?: number; maxAgeMs?: number } = {}) {
  const state = { published: [first], fetches: 0, down: false, clock: 1_000_000 };
  const keys = new RealmKeys({
    minIntervalMs: options.minIntervalMs ?? 40,
    maxAgeMs: options.maxAgeMs ?? 60_000,
    now: () => state.clock + performance.now(),
    fetchKeys: async () => {
      state.fetches += 1;
      if (state.down) throw new Error('down');
      const answer = [...state.published];
      await new Promise((resolve) => setTimeout(resolve, 5));
      return answer;
    },
  });
  return { state, keys };
}

describe('SE-01 keys of a realm', () => {
  it('fetches once for many who ask at the same time', async () => {
    const { state, keys } = setup();
    await Promise.all(Array.from({ length: 20 }, () => keys.getJWK('first')));
    await keys.getJWK('first');
    expect(state.fetches).toBe(1);
  });

  it('lets nobody be locked out by forged key ids: a rotated key is found while they rain', async () => {
    const { state, keys } = setup();
    await keys.getJWK('first');
    const forged = Array.from({ length: 200 }, (_, i) => keys.getJWK(`forged-${i}`).catch((error: unknown) => error));
    state.published = [first, second];
    const honest = keys.getJWK('second');
    const more = Array.from({ length: 200 }, (_, i) => keys.getJWK(`again-${i}`).catch((error: unknown) => error));
    await expect(honest).resolves.toContain('BEGIN PUBLIC KEY');
    for (const outcome of await Promise.all([...forged, ...more])) expect(outcome).toBeInstanceOf(UnknownKeyError);
    expect(state.fetches).toBeLessThanOrEqual(3);
  });

  it('finds a key that was published while a fetch was under way', async () => {
    const { state, keys } = setup();
    const early = keys.getJWK('forged').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 2));
    state.published = [first, second];
    await expect(keys.getJWK('second')).resolves.toContain('BEGIN PUBLIC KEY');
    await early;
  });

  it('forgets a key that the realm has withdrawn, once it is looked up afresh', async () => {
    const { state, keys } = setup();
    await keys.getJWK('first');
    state.published = [second];
    state.clock += 61_000;
    await expect(keys.getJWK('first')).rejects.toBeInstanceOf(UnknownKeyError);
  });

  it('goes on with the keys it has while Keycloak is away', async () => {
    const { state, keys } = setup();
    const pem = await keys.getJWK('first');
    state.down = true;
    state.clock += 61_000;
    await expect(keys.getJWK('first')).resolves.toBe(pem);
    await expect(keys.getJWK('second')).rejects.toThrow('down');
  });

  it('never verifies with an encryption key', async () => {
    const { state, keys } = setup();
    state.published = [realmKey('enc', 'enc')];
    await expect(keys.getJWK('enc')).rejects.toBeInstanceOf(UnknownKeyError);
  });
});
