import { tenantListSchema } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { createLyceumApi } from './api.js';
import { isSignedOut, LyceumApiError } from './errors.js';
import { queryString, send } from './transport.js';

/** A fetch that records what it was asked and answers once. */
function answering(status: number, body: string) {
  const asked: { url: string; init: RequestInit }[] = [];
  const fake: typeof fetch = async (input, init = {}) => {
    asked.push({ url: String(input), init });
    return new Response(status === 204 ? null : body, { status, headers: { 'x-request-id': 'r-1' } });
  };
  return { asked, fetch: fake };
}

const failureOf = async (promise: Promise<unknown>): Promise<LyceumApiError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof LyceumApiError) return error;
  throw new Error('expected a LyceumApiError');
};

describe('the REST client', () => {
  it('AV-01 sends the header against forged requests with every unsafe method and only then', async () => {
    const server = answering(200, '{"next":"https://campus.example/kc"}');
    await createLyceumApi({ tenant: 'north', fetch: server.fetch }).signOut();
    expect(server.asked[0]?.url).toBe('/t/north/api/v1/auth/logout');
    expect(new Headers(server.asked[0]?.init.headers).get('x-lyceum-csrf')).toBe('1');

    const reading = answering(200, '{"items":[]}');
    await createLyceumApi({ tenant: 'north', fetch: reading.fetch }).courses();
    expect(new Headers(reading.asked[0]?.init.headers).has('x-lyceum-csrf')).toBe(false);
  });

  it('AV-01 turns problem details into a typed error that keeps the code and the request id', async () => {
    const problem = { type: 'about:blank', title: 'Sign in first', status: 401, code: 'AUTH.NONE', requestId: 'r-9' };
    const server = answering(401, JSON.stringify(problem));
    const error = await failureOf(createLyceumApi({ tenant: 'north', fetch: server.fetch }).me());
    expect(error).toMatchObject({ failure: 'problem', status: 401, code: 'AUTH.NONE' });
    expect(error.problem.requestId).toBe('r-9');
    expect(isSignedOut(error)).toBe(true);
  });

  it('AV-01 makes a problem up when a proxy answers with its own page', async () => {
    const server = answering(502, '<html>bad gateway</html>');
    const error = await failureOf(
      send({ tenant: '', fetch: server.fetch }, { path: '/x', response: tenantListSchema }),
    );
    expect(error).toMatchObject({ failure: 'problem', status: 502, code: 'CLIENT.STATUS' });
    expect(error.problem.requestId).toBe('r-1');
  });

  it('AV-01 tells an unreachable server from an answer that breaks the contract', async () => {
    const down: typeof fetch = () => Promise.reject(new TypeError('refused'));
    const unreachable = await failureOf(send({ tenant: '', fetch: down }, { path: '/x', response: tenantListSchema }));
    expect(unreachable).toMatchObject({ failure: 'network', status: 0 });

    const server = answering(200, '{"items":[{"slug":"NOT A SLUG"}]}');
    const broken = await failureOf(
      send({ tenant: '', fetch: server.fetch }, { path: '/x', response: tenantListSchema }),
    );
    expect(broken).toMatchObject({ failure: 'contract', code: 'CLIENT.CONTRACT' });
  });

  it('AV-01 leaves an abort what it is', async () => {
    const control = new AbortController();
    control.abort();
    const down: typeof fetch = () => Promise.reject(new DOMException('gone', 'AbortError'));
    const call = send({ tenant: '', fetch: down }, { path: '/x', response: tenantListSchema, signal: control.signal });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('AV-01 leaves unset members out of a query', () => {
    expect(queryString({ q: 'åsa & co', cursor: undefined, limit: 20, from: '' })).toBe('?q=%C3%A5sa+%26+co&limit=20');
    expect(queryString(undefined)).toBe('');
  });
});
