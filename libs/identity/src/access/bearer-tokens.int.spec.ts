import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { applianceForTests } from '../testing/appliance-for-tests.js';
import { InstitutionForTests } from '../testing/institution-for-tests.js';
import { fetchToken, forge, makeClient, type ClientForTests } from '../testing/tokens-for-tests.js';

const appliance = applianceForTests();
const codeSchema = z.object({ code: z.string().optional() });
const { clientId } = appliance.api.keycloak;

describe('SE-01 access tokens at the api', () => {
  let here: InstitutionForTests;
  let there: InstitutionForTests;
  let client: ClientForTests;

  beforeAll(async () => {
    here = await InstitutionForTests.create(appliance, { ada: ['admin'], maya: ['student'] });
    there = await InstitutionForTests.create(appliance, { leo: ['admin'] });
    client = await makeClient(here, { audience: clientId });
  });

  afterAll(async () => {
    await here.close();
    await there.close();
  });

  async function get(
    path: string,
    authorization?: string,
  ): Promise<{ status: number; code: unknown; type: string | null }> {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const response = await fetch(`${appliance.apiUrl}/t/${here.slug}/api/v1/${path}`, { headers });
    const { code } = codeSchema.parse(await response.json());
    return { status: response.status, code, type: response.headers.get('content-type') };
  }

  const refused = expect.objectContaining({
    status: 401,
    code: 'AUTH.REQUIRED',
    type: expect.stringContaining('application/problem+json'),
  });

  it('let the person in whom they name, at their first request', async () => {
    const token = await fetchToken(appliance, here, client, 'maya');
    expect(await get('me', `Bearer ${token}`)).toMatchObject({ status: 200 });
    expect(await get('me', `bearer ${token}`)).toMatchObject({ status: 200 });
  });

  it('answer 403 where the person may not, and 200 where another may', async () => {
    const [maya, ada] = [
      await fetchToken(appliance, here, client, 'maya'),
      await fetchToken(appliance, here, client, 'ada'),
    ];
    expect(await get('people', `Bearer ${maya}`)).toMatchObject({ status: 403, code: 'AUTH.FORBIDDEN' });
    expect(await get('people', `Bearer ${ada}`)).toMatchObject({ status: 200 });
  });

  it('answer 401 when missing, malformed, of another scheme or not a token', async () => {
    for (const header of [undefined, '', 'Bearer', 'Bearer ', 'Bearer x', 'Bearer a.b.c', 'Basic YWRhOmFkYQ==']) {
      expect(await get('me', header), String(header)).toEqual(refused);
    }
  });

  it('answer 401 when expired', async () => {
    const brief = await makeClient(here, { audience: clientId, lifespanSeconds: 1 });
    const token = await fetchToken(appliance, here, brief, 'maya');
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await get('me', `Bearer ${token}`)).toEqual(refused);
  });

  it('answer 401 when made for somebody else', async () => {
    const other = await makeClient(here, { audience: null });
    expect(await get('me', `Bearer ${await fetchToken(appliance, here, other, 'maya')}`)).toEqual(refused);
    const third = await makeClient(here, { audience: 'another-service' });
    expect(await get('me', `Bearer ${await fetchToken(appliance, here, third, 'maya')}`)).toEqual(refused);
  });

  it('answer 401 with alg none, with another algorithm, with a changed claim', async () => {
    const token = await fetchToken(appliance, here, client, 'maya');
    for (const forged of [
      forge(token, { alg: 'none' }, {}, ''),
      forge(token, { alg: 'none' }),
      forge(token, { alg: 'HS256' }),
      forge(token, { alg: 'RS512' }),
      forge(token, {}, { realm_access: { roles: ['admin'] } }),
      forge(token, {}, { exp: 4_102_444_800 }),
    ]) {
      expect(await get('me', `Bearer ${forged}`)).toEqual(refused);
    }
  });

  it('answer 404 when they belong to another institution, whose own door they open', async () => {
    const foreign = await makeClient(there, { audience: clientId });
    const token = await fetchToken(appliance, there, foreign, 'leo');
    expect(await get('me', `Bearer ${token}`)).toMatchObject({ status: 404 });
    expect(await get('people', `Bearer ${token}`)).toMatchObject({ status: 404 });
    const own = await fetch(`${appliance.apiUrl}/t/${there.slug}/api/v1/people`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(own.status).toBe(200);
    expect(await get('me', `Bearer ${forge(token, {}, { sub: 'somebody' })}`)).toEqual(refused);
  });

  it('with forged key ids lock nobody out, not even while the realm changes its key', async () => {
    const token = await fetchToken(appliance, here, client, 'maya');
    const rain = () =>
      Promise.all(
        Array.from({ length: 40 }, () => get('me', `Bearer ${forge(token, { kid: randomBytes(8).toString('hex') })}`)),
      );
    const before = rain();
    await here.admin.send('POST', `${here.realmPath}/components`, {
      name: 'rotated',
      providerId: 'rsa-generated',
      providerType: 'org.keycloak.keys.KeyProvider',
      config: { priority: ['1000'], algorithm: ['RS256'], keySize: ['2048'] },
    });
    const rotated = await fetchToken(appliance, here, client, 'maya');
    expect(rotated.split('.')[0]).not.toBe(token.split('.')[0]);
    const after = rain();
    const started = performance.now();
    expect(await get('me', `Bearer ${rotated}`)).toMatchObject({ status: 200 });
    // keycloak-connect alone refuses unknown keys for ten seconds after a look at them.
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(await get('me', `Bearer ${token}`)).toMatchObject({ status: 200 });
    for (const answer of [...(await before), ...(await after)]) expect(answer).toEqual(refused);
  });
});
