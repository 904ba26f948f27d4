import { describe, expect, it } from 'vitest';
import { problemOf, things, withThings } from './calls-for-tests.js';

const { call, journal } = withThings();

describe('AP-01 an endpoint', () => {
  it('AP-01 validates, runs in a write transaction and answers by its schema', async () => {
    const response = await call(things, { as: 'anna', body: { title: 'Graphs', surplus: 1 } });
    expect([response.status, await response.json()]).toEqual([201, { id: 'northfield', title: 'Graphs' }]);
    expect(journal).toEqual(['begin write', 'commit']);
  });

  it('AP-01 parses params and query, and reads in a read transaction', async () => {
    const response = await call(`${things}/42?depth=3`, { as: 'anna' });
    expect(await response.json()).toEqual({ id: '42', title: 'depth 3' });
    expect(journal).toEqual(['begin read', 'commit']);
  });

  it('AP-01 lists every mistake of a request', async () => {
    const problem = await problemOf(await call(`${things}/far-too-long-id?depth=deep`, { as: 'anna' }));
    expect(problem).toMatchObject({ status: 400, code: 'REQUEST.INVALID' });
    expect(problem.issues?.map((issue) => issue.path)).toEqual(['params.id', 'query.depth']);
    expect(journal).toEqual(['begin read', 'rollback']);
  });

  it('AP-01 tests fail when an answer holds what its contract does not know, before it commits', async () => {
    expect(await problemOf(await call(`${things}/self/leaky`, { as: 'anna' }))).toMatchObject({ status: 500 });
    expect(journal).toEqual(['begin read', 'rollback']);
  });

  it('AP-01 answers 204, 206 and redirects as declared', async () => {
    expect((await call(`${things}/1`, { as: 'maya', method: 'DELETE' })).status).toBe(204);
    const bytes = await call(`${things}/self/bytes`, { as: 'maya' });
    expect([bytes.status, bytes.headers.get('content-type'), await bytes.text()]).toEqual([206, 'audio/webm', 'abc']);
    const away = await call('/t/northfield/pages/go');
    expect([away.status, away.headers.get('location')]).toEqual([302, 'https://elsewhere.example/']);
  });

  it('AP-01 outside of any institution has a context without one, and no transaction', async () => {
    expect(await (await call('/api/v1/open')).json()).toEqual({ ok: true });
    expect(journal).toEqual([]);
  });
});
