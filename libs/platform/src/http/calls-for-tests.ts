import { problemSchema } from '@lyceum/contracts';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { OpenController, PagesController, ThingsController } from './controllers-for-tests.js';
import { startHttpForTests, type Journal } from './http-for-tests.js';

/** Where the things of `ThingsController` are. */
export const things = '/t/northfield/api/v1/things';

interface Init {
  method?: string;
  /** Who asks, by bearer token. */
  as?: string;
  headers?: Record<string, string>;
  /** A string goes out as it is, anything else as JSON. */
  body?: unknown;
}

/** The controllers for tests behind the real edge, and `call` to ask them. */
export async function startThings(journal: Journal) {
  const started = await startHttpForTests([ThingsController, PagesController, OpenController], journal);
  const call = (path: string, { as, headers, body, method }: Init = {}): Promise<Response> =>
    fetch(started.url + path, {
      redirect: 'manual',
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(as !== undefined && { authorization: `Bearer ${as}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return { ...started, call };
}

export type Things = Awaited<ReturnType<typeof startThings>>;

/** Has them there for all tests of a file. @returns `call`, and what happened in the test so far */
export function withThings(): { call: Things['call']; journal: Journal } {
  const journal: Journal = [];
  let http: Things;
  beforeAll(async () => {
    http = await startThings(journal);
  });
  afterAll(() => http.app.close());
  beforeEach(() => {
    journal.length = 0;
  });
  return { call: (path, init) => http.call(path, init), journal };
}

/** The problem that a response holds, which names the response's own status and request id. */
export async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.strict().parse(await response.json());
  expect(problem).toMatchObject({ status: response.status, requestId: response.headers.get('x-request-id') });
  return problem;
}
