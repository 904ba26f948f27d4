import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { KeysClient } from '@lyceum/platform/keys';
import { MAX_LINE_BYTES, type WrappedTenantKey } from '@lyceum/platform/keys-protocol';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startKeys, type KeysOptions } from './start.js';

const region = 'local';
const tenantId = randomUUID();
const otherTenantId = randomUUID();

let directory: string;
let running: { close(): Promise<void> };
let options: KeysOptions;
let clients: KeysClient[];
let lines: string[];

async function start(): Promise<void> {
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  running = await startKeys(options, log);
}

function client(peer: string): KeysClient {
  const made = new KeysClient({ socket: join(directory, `${peer}.sock`), timeoutMs: 3000 });
  clients.push(made);
  return made;
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lyceum-keys-'));
  clients = [];
  lines = [];
  options = {
    region,
    rootKey: randomBytes(32),
    previousRootKeys: [],
    socketDir: directory,
    peers: ['api', 'jobs', 'recorder', 'operator', 'stranger'],
    peerGroups: { api: process.getgid?.() ?? 0 },
  };
  await start();
});

afterEach(async () => {
  await Promise.all(clients.map((each) => each.close()));
  await running.close();
  await rm(directory, { recursive: true });
});

async function tenantKey(tenant = tenantId, version = 1): Promise<WrappedTenantKey> {
  const name = { tenantId: tenant, region, version };
  const { wrapped } = await client('api').request('createTenantKey', name);
  return { ...name, wrapped };
}

const refused = (fault: string) => ({ code: 'KEYS.REFUSED', meta: expect.objectContaining({ fault }) as unknown });

describe('SE-02 keys process', () => {
  it('SE-02 makes a data key that opens again, many at once on one connection', async () => {
    const api = client('api');
    const owner = await tenantKey();
    const made = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const dataKey = { id: randomUUID(), kind: 'recording.track' };
        return { dataKey, ...(await api.request('createDataKey', { tenantKey: owner, dataKey })) };
      }),
    );
    expect(new Set(made.map(({ key }) => key)).size).toBe(50);
    for (const { dataKey, key, wrapped } of made) {
      expect(Buffer.from(key, 'base64')).toHaveLength(32);
      expect(await client('recorder').request('openDataKey', { tenantKey: owner, dataKey, wrapped })).toEqual({ key });
    }
  });

  it('SE-02 opens nothing that was changed or belongs elsewhere', async () => {
    const api = client('api');
    const owner = await tenantKey();
    const other = await tenantKey(otherTenantId);
    const dataKey = { id: randomUUID(), kind: 'content' };
    const { wrapped } = await api.request('createDataKey', { tenantKey: owner, dataKey });
    const bytes = Buffer.from(wrapped, 'base64');
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    for (const wrong of [
      { tenantKey: owner, dataKey, wrapped: bytes.toString('base64') },
      { tenantKey: owner, dataKey, wrapped: wrapped.slice(0, 40) },
      { tenantKey: other, dataKey, wrapped },
      { tenantKey: { ...owner, tenantId: otherTenantId }, dataKey, wrapped },
      { tenantKey: { ...owner, version: 2 }, dataKey, wrapped },
      { tenantKey: { ...owner, region: 'elsewhere' }, dataKey, wrapped },
      { tenantKey: owner, dataKey: { ...dataKey, id: randomUUID() }, wrapped },
      { tenantKey: owner, dataKey: { ...dataKey, kind: 'recording.track' }, wrapped },
    ]) {
      await expect(api.request('openDataKey', wrong)).rejects.toMatchObject(refused('not-authentic'));
    }
  });

  it('SE-02 lets each peer do its own work only', async () => {
    const owner = await tenantKey();
    const dataKey = { id: randomUUID(), kind: 'content' };
    const { wrapped } = await client('jobs').request('createDataKey', { tenantKey: owner, dataKey });
    const open = { tenantKey: owner, dataKey, wrapped };
    const move = { from: owner, to: owner, dataKey, wrapped };
    await expect(client('operator').request('openDataKey', open)).rejects.toMatchObject(refused('forbidden'));
    await expect(client('api').request('rewrapDataKey', move)).rejects.toMatchObject(refused('forbidden'));
    await expect(client('recorder').request('rewrapTenantKey', { tenantKey: owner })).rejects.toMatchObject(
      refused('forbidden'),
    );
    await expect(client('stranger').request('openDataKey', open)).rejects.toMatchObject(refused('forbidden'));
    expect(await client('stranger').request('health', {})).toMatchObject({ status: 'ok', region });
  });

  it('SE-02 moves a data key under the next version without showing it', async () => {
    const [from, to] = [await tenantKey(), await tenantKey(tenantId, 2)];
    const dataKey = { id: randomUUID(), kind: 'content' };
    const { key, wrapped } = await client('api').request('createDataKey', { tenantKey: from, dataKey });
    const moved = await client('jobs').request('rewrapDataKey', { from, to, dataKey, wrapped });
    const opened = await client('api').request('openDataKey', { tenantKey: to, dataKey, wrapped: moved.wrapped });
    expect(opened).toEqual({ key });
    const other = await tenantKey(otherTenantId);
    await expect(client('jobs').request('rewrapDataKey', { from, to: other, dataKey, wrapped })).rejects.toMatchObject(
      refused('not-authentic'),
    );
  });

  it('SE-02 exchanges the root key: the previous one opens until all is re-wrapped', async () => {
    const owner = await tenantKey();
    const dataKey = { id: randomUUID(), kind: 'content' };
    const { key, wrapped } = await client('api').request('createDataKey', { tenantKey: owner, dataKey });
    const before = await client('jobs').request('health', {});
    await running.close();
    options = { ...options, rootKey: randomBytes(32), previousRootKeys: [options.rootKey] };
    await start();
    const moved = await client('jobs').request('rewrapTenantKey', { tenantKey: owner });
    expect(moved.rootKeyId).not.toBe(before.rootKeyId);
    await running.close();
    options = { ...options, previousRootKeys: [] };
    await start();
    const api = client('api');
    const rewrapped = { ...owner, wrapped: moved.wrapped };
    expect(await api.request('openDataKey', { tenantKey: rewrapped, dataKey, wrapped })).toEqual({ key });
    await expect(api.request('openDataKey', { tenantKey: owner, dataKey, wrapped })).rejects.toMatchObject(
      refused('not-authentic'),
    );
  });

  it('SE-02 is only open to the peer: mode 0660 with its group, 0600 without one', async () => {
    expect((await stat(join(directory, 'api.sock'))).mode & 0o777).toBe(0o660);
    expect((await stat(join(directory, 'jobs.sock'))).mode & 0o777).toBe(0o600);
  });

  it('SE-02 answers nonsense in words and ends a connection that sends too much', async () => {
    const socket = createConnection(join(directory, 'api.sock'));
    const received: string[] = [];
    socket.setEncoding('utf8').on('data', (text: string) => received.push(text));
    socket.write('not json\n{"id":"7","op":"steal"}\n{"id":"8","op":"health"}\n');
    await expect.poll(() => received.join('').split('\n').length, { timeout: 4_000 }).toBe(4);
    const answers = received
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(answers).toEqual([
      { id: '', ok: false, fault: 'invalid' },
      { id: '7', ok: false, fault: 'invalid' },
      { id: '8', ok: true, result: expect.objectContaining({ status: 'ok' }) as unknown },
    ]);
    const closed = once(socket, 'close');
    socket.on('error', () => undefined);
    socket.write('x'.repeat(MAX_LINE_BYTES + 1));
    await closed;
  });

  it('SE-02 writes no key into its log, wrapped or not', async () => {
    const api = client('api');
    const owner = await tenantKey();
    const dataKey = { id: randomUUID(), kind: 'content' };
    const { key, wrapped } = await api.request('createDataKey', { tenantKey: owner, dataKey });
    await api.request('openDataKey', { tenantKey: owner, dataKey, wrapped });
    await expect(
      api.request('openDataKey', { tenantKey: owner, dataKey: { ...dataKey, kind: 'other' }, wrapped }),
    ).rejects.toThrow();
    const text = lines.join('');
    expect(text).toContain('createDataKey');
    for (const secret of [key, wrapped, owner.wrapped, options.rootKey.toString('base64')]) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('SE-02 keys client', () => {
  it('SE-02 survives a restart of the keys process, requests under way included', async () => {
    const api = client('api');
    expect(await api.request('health', {})).toMatchObject({ status: 'ok' });
    await running.close();
    const during = api.request('health', {});
    await start();
    expect(await during).toMatchObject({ status: 'ok' });
    expect(await api.request('health', {})).toMatchObject({ status: 'ok' });
  });

  it('SE-02 gives up in time when there is no keys process', async () => {
    const lost = new KeysClient({ socket: join(directory, 'nobody.sock'), timeoutMs: 300 });
    clients.push(lost);
    await expect(lost.request('health', {})).rejects.toMatchObject({ code: 'KEYS.UNAVAILABLE', status: 503 });
  });
});
