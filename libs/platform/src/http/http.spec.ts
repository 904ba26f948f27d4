import { Controller, Get, StreamableFile, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { problemSchema } from '@lyceum/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RequestContext } from '../context/index.js';
import { commonError, defineErrors } from '../errors/index.js';
import { startHttpForTests, testOrigin } from './http-for-tests.js';
import {
  Ctx,
  Endpoint,
  Http,
  Input,
  PlatformController,
  RouteTable,
  TenantController,
  TenantPageController,
  endpoint,
  type HttpExchange,
  type InputOf,
} from './index.js';

const specError = defineErrors({ 'HTTPSPEC.LOCKED': { status: 423, title: 'Locked', action: 'Knock.' } });
const thing = z.object({ id: z.string(), title: z.string() }).meta({ id: 'SpecThing' });

const create = endpoint({
  method: 'POST',
  path: '',
  permission: 'course.create',
  body: z.object({ title: z.string().min(1).max(20) }),
  response: thing,
  summary: 'Create a thing',
});
const read = endpoint({
  method: 'GET',
  path: ':id',
  permission: 'course.view',
  params: z.strictObject({ id: z.string().max(10) }),
  query: z.object({ depth: z.coerce.number().int().default(1) }),
  response: thing,
  summary: 'Read a thing',
});
const mine = { method: 'GET', permission: 'signed-in', response: thing, summary: 'x' } as const;

@TenantController('things')
class ThingsController {
  @Endpoint(create)
  create(@Ctx() ctx: RequestContext, @Input() { body }: InputOf<typeof create>) {
    return { id: ctx.tenant.slug, title: body.title };
  }

  @Endpoint(read)
  read(@Input() { params, query }: InputOf<typeof read>) {
    return { id: params.id, title: `depth ${query.depth}` };
  }

  @Endpoint({ ...mine, path: 'self/leaky' })
  leaky() {
    return { id: '1', title: 'x', passwordHash: 'oops' };
  }

  @Endpoint({ ...mine, path: 'self/locked', transaction: 'write' })
  locked(): { id: string; title: string } {
    throw specError('HTTPSPEC.LOCKED', { detail: 'Since noon.' });
  }

  @Endpoint({ ...mine, path: 'self/refused' })
  refused(): { id: string; title: string } {
    throw commonError('AUTH.FORBIDDEN', { meta: { kind: 'course', id: 'c1' } });
  }

  @Endpoint({ ...mine, path: 'self/broken' })
  broken(): { id: string; title: string } {
    throw new Error('secret detail of ours');
  }

  @Endpoint({ method: 'DELETE', path: ':id', permission: 'signed-in', response: 'none', summary: 'x' })
  remove(): void {}

  @Endpoint({ method: 'GET', path: 'self/bytes', permission: 'signed-in', response: 'stream', summary: 'x' })
  bytes(@Http() { response }: HttpExchange) {
    response.status(206).setHeader('content-range', 'bytes 0-2/9');
    return new StreamableFile(Buffer.from('abc'), { type: 'audio/webm' });
  }
}

@TenantPageController('pages')
class PagesController {
  @Endpoint({
    method: 'GET',
    path: 'go',
    permission: 'public',
    response: 'redirect',
    summary: 'x',
    transaction: 'none',
  })
  go(): string {
    return 'https://elsewhere.example/';
  }
}

@PlatformController('open')
class OpenController {
  @Endpoint({ method: 'GET', path: '', permission: 'public', response: z.object({ ok: z.boolean() }), summary: 'x' })
  open(@Ctx() ctx: RequestContext) {
    return { ok: !ctx.hasTenant };
  }
}

const journal: string[] = [];
let app: NestExpressApplication;
let url: string;

type Init = { method?: string; as?: string; headers?: Record<string, string>; body?: unknown };

function call(path: string, { as, headers, body, method }: Init = {}): Promise<Response> {
  return fetch(url + path, {
    redirect: 'manual',
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(as !== undefined && { authorization: `Bearer ${as}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.strict().parse(await response.json());
  expect(problem).toMatchObject({ status: response.status, requestId: response.headers.get('x-request-id') });
  return problem;
}

beforeAll(async () => {
  ({ app, url } = await startHttpForTests([ThingsController, PagesController, OpenController], journal));
});
afterAll(() => app.close());
beforeEach(() => {
  journal.length = 0;
});

const things = '/t/northfield/api/v1/things';

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

describe('SE-02 the boot', () => {
  const boots = async (controller: Type) => {
    const started = await startHttpForTests([controller], []);
    await started.app.close();
  };

  it('SE-02 fails when a handler has no endpoint, a permission is unknown or a controller is anyone’s', async () => {
    @TenantController('bare')
    class Bare {
      @Get('x')
      handler(): void {}
    }
    @TenantController('unknown')
    class Unknown {
      @Endpoint({ ...mine, path: '', permission: 'course.destroy' as 'course.view' })
      handler() {
        return { id: '', title: '' };
      }
    }
    @PlatformController('secret')
    class Secret {
      @Endpoint({ ...mine, path: '' })
      handler() {
        return { id: '', title: '' };
      }
    }
    @Controller('stray')
    class Stray {}
    await expect(boots(Bare)).rejects.toThrow('Bare.handler has no @Endpoint');
    await expect(boots(Unknown)).rejects.toThrow('Unknown.handler names the unknown permission course.destroy');
    await expect(boots(Secret)).rejects.toThrow('Secret.handler belongs to no tenant and must be public');
    await expect(boots(Stray)).rejects.toThrow('Stray is neither a TenantController nor a PlatformController');
  });

  it('SE-02 fails when two handlers want one route', async () => {
    @TenantController('twice')
    class Twice {
      @Endpoint({ ...mine, path: 'x' })
      one() {
        return { id: '', title: '' };
      }
      @Endpoint({ ...mine, path: 'x' })
      two() {
        return { id: '', title: '' };
      }
    }
    await expect(boots(Twice)).rejects.toThrow(/twice\/x/);
  });

  it('SE-02 knows every route and its permission', () => {
    const routes = app.get(RouteTable).routes();
    expect(routes.map(({ path }) => path)).toContain('/t/:tenant/api/v1/things/:id');
    expect(routes.every(({ definition }) => definition.permission)).toBe(true);
  });
});

describe('AP-01 the OpenAPI document', () => {
  const parameter = z.looseObject({ in: z.string(), name: z.string() });

  it('AP-01 is 3.1, describes requests and answers, and names the permission', async () => {
    const operations = z.record(z.string(), z.looseObject({ parameters: z.array(parameter) }));
    const document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), operations) });
    const { openapi, paths, components } = document.parse(await (await call('/api/openapi.json')).json());
    expect(openapi).toBe('3.1.0');
    const post = paths['/t/{tenant}/api/v1/things']?.post;
    expect(post).toMatchObject({
      summary: 'Create a thing',
      'x-lyceum-permission': 'course.create',
      requestBody: { content: { 'application/json': { schema: { required: ['title'] } } } },
      responses: { 201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/SpecThing' } } } } },
    });
    expect(components).toMatchObject({ schemas: { SpecThing: { required: ['id', 'title'] } } });
    const get = paths['/t/{tenant}/api/v1/things/{id}']?.get;
    const names = get?.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
    expect(names?.sort()).toEqual(['path id', 'path tenant', 'query depth']);
  });

  it('AP-01 refers to nothing that is not in it', async () => {
    const text = await (await call('/api/openapi.json')).text();
    const { components } = JSON.parse(text) as { components: { schemas: Record<string, unknown> } };
    const refs = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(refs.filter((name) => !(name in components.schemas))).toEqual([]);
    expect(text).not.toContain('$defs');
  });
});
