import { describe, expect, it } from 'vitest';
import { problemOf, things, withThings } from './calls-for-tests.js';

const { call } = withThings();

describe('AP-01 errors over HTTP', () => {
  it('AP-01 a coded error keeps its code; a fault of ours says nothing of itself', async () => {
    const locked = await problemOf(await call(`${things}/self/locked`, { as: 'anna' }));
    expect(locked).toMatchObject({ status: 423, code: 'HTTPSPEC.LOCKED', detail: 'Since noon.', action: 'Knock.' });
    const broken = await problemOf(await call(`${things}/self/broken`, { as: 'anna' }));
    expect(broken).toMatchObject({ status: 500, code: 'INTERNAL.ERROR' });
    expect(JSON.stringify(broken)).not.toContain('secret');
  });

  it('AP-01 unknown routes, bad JSON and big bodies are problems, too', async () => {
    expect(await problemOf(await call('/nowhere'))).toMatchObject({ status: 404, code: 'RESOURCE.NOT_FOUND' });
    expect(await problemOf(await call(things, { as: 'anna', body: '{' }))).toMatchObject({ status: 400 });
    const big = { title: 'x'.repeat(2000) };
    expect(await problemOf(await call(things, { as: 'anna', body: big }))).toMatchObject({ status: 413 });
  });

  it('AP-01 keeps a request id that can do no harm, and makes one otherwise', async () => {
    const id = (value: string) => call('/api/v1/open', { headers: { 'x-request-id': value } });
    expect((await id('abcdef-12345')).headers.get('x-request-id')).toBe('abcdef-12345');
    expect((await id('"}{"level":"fatal')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
