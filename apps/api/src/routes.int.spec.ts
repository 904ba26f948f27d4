import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { permissions, problemSchema } from '@lyceum/contracts';
import { apiConfig, loadConfig } from '@lyceum/platform/config';
import { RouteTable, createHttpApplication, csrfHeader, sessionCookie, type Route } from '@lyceum/platform/http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiModule } from './api.module.js';

/** The only routes that need nobody. A new one is added here on purpose. */
const publicRoutes = [
  'GET /api/openapi.json',
  'GET /api/v1/tenants',
  'GET /healthz',
  'GET /readyz',
  'GET /t/:tenant/auth/callback',
  'GET /t/:tenant/auth/login',
  'GET /t/:tenant/auth/logout',
  'POST /t/:tenant/api/v1/auth/logout',
];

const home = process.env.LYCEUM_HOME ?? '/nonexistent';
const slug = 'northfield';

describe('SE-02 every route of the api', () => {
  let app: NestExpressApplication;
  let routes: Route[];
  let url: string;
  let origin: string;

  const label = ({ definition, path }: Route) => `${definition.method} ${path}`;
  const isPublic = ({ definition }: Route) => definition.permission === 'public';

  /** Calls a route with ids that nobody has; an empty body, since who may not come in is refused before it is read. */
  function call(route: Route, headers: Record<string, string> = {}, tenant = slug): Promise<Response> {
    const path = route.path.replace(':tenant', tenant).replaceAll(/:\w+/g, () => randomUUID());
    return fetch(url + path, { method: route.definition.method, headers, redirect: 'manual' });
  }

  async function problemsOf(chosen: Route[], headers: Record<string, string>, tenant?: string) {
    const seen: [string, number, string][] = [];
    for (const route of chosen) {
      const response = await call(route, headers, tenant);
      const problem = problemSchema.safeParse(await response.json().catch(() => null));
      seen.push([label(route), response.status, problem.success ? problem.data.code : 'no problem']);
    }
    return seen;
  }

  beforeAll(async () => {
    const config = loadConfig(apiConfig, {
      LYCEUM_CONFIG: join(home, 'config', 'api-1', 'api.json'),
      LYCEUM_INSTANCE: 'api-spec',
    });
    ({ origin } = config);
    app = await createHttpApplication(ApiModule.forRoot(config), {
      bodyBytes: config.limits.bodyBytes,
      version: 'spec',
    });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    routes = app.get(RouteTable).routes();
  });
  afterAll(() => app.close());

  it('SE-02 names a permission we know', () => {
    expect(routes.length).toBeGreaterThan(15);
    const known = new Set<string>([...permissions, 'signed-in', 'public']);
    expect(routes.filter(({ definition }) => !known.has(definition.permission)).map(label)).toEqual([]);
  });

  it('SE-02 is public only where that was decided', () => {
    expect(routes.filter(isPublic).map(label).sort()).toEqual(publicRoutes);
  });

  it('AP-01 is in the OpenAPI document with its permission', async () => {
    const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, Record<string, unknown>>>;
    };
    for (const route of routes) {
      const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
      const operation = document.paths[path]?.[route.definition.method.toLowerCase()];
      expect(operation?.['x-lyceum-permission'], label(route)).toBe(route.definition.permission);
    }
  });

  it.each([
    ['no credentials', {}],
    ['a made-up session', { cookie: `${sessionCookie}=made.up`, [csrfHeader]: '1' }],
    ['a made-up token', { authorization: 'Bearer made.up.token' }],
  ])('SE-02 answers 401 to %s', async (_what, headers) => {
    const closed = routes.filter((route) => !isPublic(route));
    const given = 'cookie' in headers ? { ...headers, origin } : headers;
    const expected = closed.map((route) => [label(route), 401, 'AUTH.REQUIRED']);
    expect(await problemsOf(closed, given)).toEqual(expected);
  });

  it('SE-02 refuses a forged change before asking who it is', async () => {
    const unsafe = routes.filter(({ definition }) => definition.method !== 'GET');
    expect(unsafe.length).toBeGreaterThan(3);
    const forged = { cookie: `${sessionCookie}=made.up`, origin: 'https://evil.example', [csrfHeader]: '1' };
    expect(await problemsOf(unsafe, forged)).toEqual(unsafe.map((route) => [label(route), 403, 'REQUEST.FORGED']));
  });

  it('SE-02 knows no institution that is not there', async () => {
    const inside = routes.filter((route) => route.scope === 'tenant');
    const expected = inside.map((route) => [label(route), 404, 'RESOURCE.NOT_FOUND']);
    expect(await problemsOf(inside, {}, 'no-such-institution')).toEqual(expected);
  });
});
