import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { componentNamed, components, services } from '../components/index.ts';
import { storeSecrets } from '../components/parts.ts';
import { ensureSecrets, originals } from '../configure/secrets.ts';
import { Layout } from '../host/layout.ts';
import { NativePlacement } from '../render/native.ts';
import { localComponents, selectServices } from './appliance.ts';
import type { Component } from './component.ts';
import { resolveDocument, resolveFiles, resolveText, startOrder } from './placement.ts';
import { bind, host, path, port, secret, secretFile, secretHash, setting, text } from './refs.ts';
import type { Settings } from './settings.ts';

const programs = {
  node: 'node-1',
  keycloak: 'keycloak-1',
  versitygw: 'versitygw-1',
  'mediasoup-worker': 'worker-1',
  release: 'release-1',
  theme: 'theme-1',
};
const settings: Settings = { hostName: 'localhost', portBase: 9000, mediaAddress: '127.0.0.1', region: 'local' };

let home: string;
let layout: Layout;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lyceum-placement-'));
  layout = new Layout({ checkout: '/checkout', cache: '/cache', home, separated: false });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('OP-01 placement', () => {
  it('OP-01 moves every port with the port base', () => {
    const placement = new NativePlacement(layout, settings, programs);
    const moved = new NativePlacement(layout, { ...settings, portBase: 12_000 }, programs);
    for (const component of components) {
      for (const name of Object.keys(component.ports)) {
        const ref = port(component.name, name);
        expect(Number(moved.value(component, ref)) - Number(placement.value(component, ref))).toBe(3000);
      }
    }
  });

  it('OP-01 gives no two components the same port', () => {
    const seen = new Map<string, string>();
    for (const component of components) {
      for (const [name, { offset, count, protocol }] of Object.entries(component.ports)) {
        for (let number = offset; number < offset + (count ?? 1); number += 1) {
          for (const transport of protocol.split('+')) {
            const key = `${transport} ${number}`;
            expect(seen.get(key), `${key} of ${component.name}.${name}`).toBeUndefined();
            seen.set(key, `${component.name}.${name}`);
          }
        }
      }
    }
  });

  it('OP-01 keeps what only components talk to on the loopback address, whatever the host name', () => {
    const named = { ...settings, hostName: 'classes.example.edu', mediaAddress: '192.0.2.7' };
    const open = new NativePlacement(layout, named, programs);
    const address = { machine: '127.0.0.1', media: '192.0.2.7', network: '0.0.0.0' };
    for (const component of components) {
      for (const [name, { reach }] of Object.entries(component.ports)) {
        expect(open.value(component, bind(component.name, name)), name).toBe(address[reach]);
      }
    }
  });

  it('OP-01 lets the relay listen where its port says, and nowhere else', () => {
    const open = new NativePlacement(layout, { ...settings, mediaAddress: '192.0.2.7' }, programs);
    const turn = componentNamed('turn');
    mkdirSync(join(home, 'secrets/turn'), { recursive: true });
    writeFileSync(join(home, 'secrets/turn/turn-secret'), 'any');
    const lines = resolveFiles(open, turn).get('turnserver.conf')?.split('\n') ?? [];
    expect(lines.filter((line) => line.startsWith('relay-ip='))).toEqual(['relay-ip=192.0.2.7']);
    expect(open.value(turn, bind('turn', 'relay'))).toBe('192.0.2.7');
  });

  it('OP-01 opens nothing to the network when the name is localhost', () => {
    const placement = new NativePlacement(layout, settings, programs);
    for (const component of components) {
      for (const name of Object.keys(component.ports)) {
        expect(placement.value(component, bind(component.name, name))).toBe('127.0.0.1');
      }
    }
  });

  it('OP-01 finds other components where the spread says, and listens for them', () => {
    const spread = { hosts: { postgres: '10.0.0.1', 'api-1': '10.0.0.2' }, here: ['api-1' as const] };
    const placement = new NativePlacement(layout, settings, programs, spread);
    const api = componentNamed('api-1');
    expect(resolveText(placement, api, text`${host('postgres')}:${port('postgres', 'sql')}`)).toBe('10.0.0.1:9010');
    expect(placement.value(api, bind('api-1', 'http'))).toBe('10.0.0.2');
    expect(placement.value(api, bind('edge', 'https'))).toBe('0.0.0.0');
  });

  it('OP-01 hands each component its own copy of a secret and hashes where a hash is asked for', () => {
    const folder = join(home, 'secrets/redis');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'redis-api'), 'open sesame');
    const placement = new NativePlacement(layout, settings, programs);
    const redis = componentNamed('redis');
    expect(placement.value(redis, secretFile('redis-api'))).toBe(join(folder, 'redis-api'));
    expect(placement.value(redis, secret('redis-api'))).toBe('open sesame');
    expect(placement.value(redis, secretHash('redis-api'))).toBe(
      '41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb',
    );
  });

  it('OP-01 leaves no reference unresolved in a JSON document and keeps numbers numbers', () => {
    const placement = new NativePlacement(layout, settings, programs);
    const resolved = resolveDocument(placement, componentNamed('api-1'), {
      port: port('api-1', 'http'),
      list: [text`${setting('origin')}/kc`, true, null],
      path: path('run', 'api.sock', 'keys'),
    });
    expect(resolved).toEqual({
      port: 9020,
      list: ['https://localhost:9003/kc', true, null],
      path: join(home, 'run/keys/api.sock'),
    });
  });
});

describe('OP-01 an object store that is there already', () => {
  const outside: Settings = {
    ...settings,
    store: { endpoint: 'https://s3.example.edu:9000', region: 'eu-1', bucket: 'classes' },
  };
  const users = ['api-1', 'api-2', 'jobs', 'recorder', 'operator'] as const;
  const storeOf = (chosen: Settings, name: (typeof users)[number]): unknown => {
    const [content = ''] = resolveFiles(new NativePlacement(layout, chosen, programs), componentNamed(name)).values();
    return (JSON.parse(content) as { store: unknown }).store;
  };

  it.each(users)('OP-01 is what %s uses, with the keys that were brought', (name) => {
    const { user } = componentNamed(name);
    const keys = {
      accessKeyFile: join(home, 'secrets', user, 'store-access-key'),
      secretKeyFile: join(home, 'secrets', user, 'store-secret-key'),
    };
    expect(storeOf(outside, name)).toEqual({ ...outside.store, ...keys });
    const own = { endpoint: 'http://127.0.0.1:9012', region: 'local', bucket: 'lyceum' };
    expect(storeOf(settings, name)).toEqual({ ...own, ...keys });
  });

  it('OP-01 takes the place of ours: nothing of it is made, and nothing else is left out', () => {
    const names = (list: readonly Component[]): string[] => list.map(({ name }) => name);
    expect(names(selectServices(layout, settings))).toEqual(names(services));
    expect(names(selectServices(layout, outside))).toEqual(names(services).filter((name) => name !== 'store'));
    expect(names(localComponents(layout, outside))).toEqual(names(components).filter((name) => name !== 'store'));
    expect(names(selectServices(layout, outside, ['recorder']))).toEqual(['postgres', 'keys', 'recorder']);
  });

  it('OP-01 brings its own keys: none are made up for it', () => {
    const local = localComponents(layout, outside);
    expect(() => ensureSecrets(layout, local, storeSecrets)).toThrow('store-access-key is missing');
    for (const name of storeSecrets) writeFileSync(join(originals(layout), name), `brought ${name}\n`);
    ensureSecrets(layout, local, storeSecrets);
    expect(readFileSync(join(originals(layout), 'store-access-key'), 'utf8')).toBe('brought store-access-key\n');
  });
});

describe('OP-01 the description of the components', () => {
  it('OP-01 only reads secrets that it declares', () => {
    for (const component of components) {
      const used = new Set(
        [...JSON.stringify(component).matchAll(/"ref":"secret(?:-file)?","name":"([a-z-]+)"/g)].map((m) => m[1]),
      );
      for (const name of used) expect(component.secrets, `${component.name} reads ${name}`).toContain(name);
    }
  });

  it('OP-01 only runs programs that it declares', () => {
    for (const component of components) {
      const used = [...JSON.stringify(component).matchAll(/"ref":"program","name":"([a-z-]+)"/g)].map((m) => m[1]);
      for (const name of used) expect(component.programs, `${component.name} runs ${name}`).toContain(name);
    }
  });

  it('OP-01 puts no secret on a command line or into the plain environment', () => {
    for (const component of components) {
      expect(JSON.stringify([component.command, component.environment])).not.toContain('"ref":"secret"');
    }
  });

  it('OP-01 gives every secret to at most the components that name it, and the root key to keys alone', () => {
    expect(components.filter(({ secrets }) => secrets.includes('root-key')).map(({ name }) => name)).toEqual(['keys']);
    expect(components.filter(({ secrets }) => secrets.includes('database-migrator')).map(({ name }) => name)).toEqual([
      'operator',
    ]);
  });

  it('OP-01 renders every file of our own processes as JSON without a reference in it', () => {
    const placement = new NativePlacement(layout, settings, programs);
    for (const component of services.filter(({ command }) => JSON.stringify(command).includes('"release"'))) {
      for (const [name, content] of resolveFiles(placement, component)) {
        expect(() => JSON.parse(content) as unknown, name).not.toThrow();
        expect(content).not.toContain('"ref"');
      }
    }
  });
});

describe('OP-01 start order', () => {
  const named = (name: string, needs: string[]): Component =>
    ({ ...componentNamed('postgres'), name, needs }) as Component;

  it('OP-01 starts each component after what it needs', () => {
    const order = components.map(({ name }) => name);
    for (const component of components) {
      for (const need of component.needs) expect(order.indexOf(need)).toBeLessThan(order.indexOf(component.name));
    }
  });

  it('OP-01 names the ring when needs form one', () => {
    expect(() => startOrder([named('redis', ['store']), named('store', ['redis'])])).toThrow('redis → store → redis');
  });
});
