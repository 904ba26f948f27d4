import { describe, expect, it } from 'vitest';
import { problemOf, things, withThings } from './calls-for-tests.js';
import { OpenController } from './controllers-for-tests.js';
import { startHttpForTests, testOrigin } from './http-for-tests.js';

const { call, journal } = withThings();

describe('SE-02 who may come in', () => {
  it.each([
    ['nobody', {}, 401, 'AUTH.REQUIRED'],
    ['an expired token', { as: 'expired' }, 401, 'AUTH.REQUIRED'],
    ['someone without the permission', { as: 'maya' }, 403, 'AUTH.FORBIDDEN'],
    ['someone of another institution', { as: 'leo' }, 404, 'RESOURCE.NOT_FOUND'],
  ])('SE-02 %s is refused', async (_who, init, status, code) => {
    const response = await call(`${things}/1`, init);
    expect(await problemOf(response)).toMatchObject({ status, code });
    expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    expect(journal).toEqual(status === 403 ? ['audit access.denied'] : []);
  });

  it('SE-02 an unknown institution looks like any other missing thing', async () => {
    const unknown = await problemOf(await call('/t/nowhere/api/v1/things/1', { as: 'anna' }));
    expect(unknown).toMatchObject({ status: 404, code: 'RESOURCE.NOT_FOUND' });
  });

  it('SE-05 a refusal by a service is in the audit trail, after the rollback', async () => {
    expect((await call(`${things}/self/refused`, { as: 'maya' })).status).toBe(403);
    expect(journal).toEqual(['begin read', 'rollback', 'audit access.denied']);
  });

  const cookie = '__Host-lyceum=anna';
  it.each([
    ['the header and our origin', { 'x-lyceum-csrf': '1', origin: testOrigin }, 201],
    ['no header', { origin: testOrigin }, 403],
    ['no origin', { 'x-lyceum-csrf': '1' }, 403],
    ['another origin', { 'x-lyceum-csrf': '1', origin: 'https://evil.example' }, 403],
  ])('SE-02 an unsafe request with the cookie and %s', async (_what, headers, status) => {
    const response = await call(things, { headers: { cookie, ...headers }, body: { title: 'x' } });
    expect(response.status).toBe(status);
    if (status === 403) expect(await problemOf(response)).toMatchObject({ code: 'REQUEST.FORGED' });
  });

  it('SE-02 reading with the cookie needs no header', async () => {
    expect((await call(`${things}/1`, { headers: { cookie } })).status).toBe(200);
  });

  it('SE-02 answers may not be kept, framed or sniffed', async () => {
    const { headers } = await call('/api/v1/open');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('SE-02 too many requests of one address are told when to come back', async () => {
    const limited = await startHttpForTests([OpenController], [], { requestsPerMinute: 2 });
    try {
      const statuses = [];
      for (let n = 0; n < 3; n += 1) statuses.push((await fetch(`${limited.url}/api/v1/open`)).status);
      expect(statuses).toEqual([200, 200, 429]);
      const refused = await fetch(`${limited.url}/api/v1/open`);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await limited.app.close();
    }
  });
});
