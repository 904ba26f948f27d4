import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { Layout } from '../host/layout.ts';

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What the edge answers itself, asked the way a browser asks. */
describe('the edge', () => {
  const state = JSON.parse(readFileSync(join(Layout.fromEnvironment().state, 'appliance.json'), 'utf8')) as {
    origin: string;
    caFile: string;
    ports: { edge: { http: number; https: number } };
  };
  const ca = readFileSync(state.caFile);
  const { http, https } = state.ports.edge;

  function ask(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    const send = url.startsWith('https:') ? secureRequest : plainRequest;
    return new Promise((resolve, reject) => {
      const sent = send(url, { ca, headers, servername: 'localhost' }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) }),
        );
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  const at = (path: string, headers?: Record<string, string>) => ask(`${state.origin}${path}`, headers);
  const twin = (path: string): string[] => [`https://127.0.0.1:${https}${path}`, `https://localhost:${http}${path}`];
  let assets: string[];

  beforeAll(async () => {
    assets = (await at('/')).body.toString('utf8').match(/\/assets\/[\w.-]+\.(?:js|css)/g) ?? [];
    expect(assets.length).toBeGreaterThan(1);
  });

  it('AP-01 hands out scripts and styles as the build compressed them, to be kept for good', async () => {
    for (const path of assets) {
      const plain = await at(path, { 'accept-encoding': 'identity' });
      const small = await at(path, { 'accept-encoding': 'gzip, br' });
      expect(small.status, path).toBe(200);
      expect(small.headers['content-encoding'], path).toBe('gzip');
      // Known before it is sent: compressed beforehand and not on the way.
      expect(Number(small.headers['content-length']), path).toBe(small.body.length);
      expect(small.headers['vary'], path).toContain('Accept-Encoding');
      expect(small.headers['cache-control'], path).toBe('public, max-age=31536000, immutable');
      expect(small.headers['x-content-type-options'], path).toBe('nosniff');
      expect(plain.headers['content-encoding'], path).toBeUndefined();
      expect(gunzipSync(small.body).equals(plain.body), path).toBe(true);
    }
  });

  it('AP-01 keeps nothing of a missing script', async () => {
    const { status, headers } = await at('/assets/none-00000000.js');
    expect(status).toBe(404);
    expect(headers['cache-control']).toBeUndefined();
  });

  it.each(['/', '/t/northfield/courses'])(
    'AP-01 SE-01 %s is a page that is asked for anew, under one policy',
    async (path) => {
      const { status, headers } = await at(path);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['cache-control']).toBe('no-cache');
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['permissions-policy']).toContain('camera=(self)');
    },
  );

  it('AP-01 answers of the api are kept by nobody, and each header comes once', async () => {
    const { headers } = await at('/api/v1/tenants');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('SE-01 strict transport is asked for under a name of our own, and never for all of localhost', async () => {
    const own = new URL(state.origin).hostname;
    const expected = own === 'localhost' ? undefined : 'max-age=31536000';
    for (const path of ['/', assets[0] ?? '', '/api/v1/tenants', '/kc/realms/northfield/account/']) {
      expect((await at(path)).headers['strict-transport-security'], path).toBe(expected);
    }
  });

  it('OP-01 sends every other name, port and protocol to the one origin', async () => {
    const path = '/t/northfield?a=1';
    const others = [...twin(path), `http://localhost:${http}${path}`, `http://localhost:${https}${path}`];
    for (const url of others) {
      const { status, headers } = await ask(url);
      expect(status, url).toBe(308);
      expect(headers.location, url).toBe(`${state.origin}${path}`);
    }
  });

  it('SE-01 keeps the administration of sign-in inside', async () => {
    for (const path of ['/kc/admin/', '/kc/realms/master/', '/kc/metrics', '/kc/health', '/kc/']) {
      expect((await at(path)).status, path).toBe(404);
    }
  });
});
