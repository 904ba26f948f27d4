import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { HealthRegistry, serveHealth } from './index.js';

describe('OP-01 health', () => {
  it('OP-01 is ready when nothing is down, also when something is degraded', async () => {
    const registry = new HealthRegistry();
    registry.register('postgres', () => Promise.resolve('ready'));
    registry.register('redis', () => 'degraded');
    expect(await registry.readiness()).toEqual({ ready: true, checks: { postgres: 'ready', redis: 'degraded' } });
    registry.register('store', () => {
      throw new Error('away');
    });
    expect(await registry.readiness()).toMatchObject({ ready: false, checks: { store: 'down' } });
  });

  it('OP-01 a check that never answers is down', async () => {
    const registry = new HealthRegistry();
    registry.register('stuck', () => new Promise(() => undefined));
    expect(await registry.readiness()).toEqual({ ready: false, checks: { stuck: 'down' } });
  });

  it('OP-01 tells over HTTP, and that it is about to stop', async () => {
    const registry = new HealthRegistry();
    const server = await serveHealth({ host: '127.0.0.1', port: 0 }, registry);
    const { port } = server.address() as AddressInfo;
    const get = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
    try {
      expect([await get('/healthz'), await get('/readyz'), await get('/else')]).toEqual([200, 200, 404]);
      registry.stop();
      expect([await get('/healthz'), await get('/readyz')]).toEqual([200, 503]);
    } finally {
      server.close();
    }
  });
});
