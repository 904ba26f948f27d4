import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListedObject } from './object-store.js';
import { S3ObjectStore } from './s3-object-store.js';
import { s3ForTests } from './s3-for-tests.js';

/** The contract that every server we name must keep: VersityGW, MinIO, any S3. */
const options = s3ForTests();
const MIB = 1024 * 1024;

describe('OP-01 object store contract', () => {
  const store = new S3ObjectStore(options);
  const prefix = `contract/${randomUUID()}/`;
  const names: string[] = [];
  const named = (name: string): string => {
    names.push(prefix + name);
    return prefix + name;
  };
  const list = async (below: string): Promise<ListedObject[]> => {
    const found: ListedObject[] = [];
    for await (const object of store.list(below)) found.push(object);
    return found;
  };

  beforeAll(() => store.ensureBucket());
  afterAll(() => store.remove(names));

  it('OP-01 makes its bucket once, or with the first write', async () => {
    await store.ensureBucket();
    await store.ping();
    const fresh = new S3ObjectStore({ ...options, bucket: `lyceum-test-${randomUUID()}` });
    await fresh.put('first', Buffer.from('x'));
    expect(await fresh.stat('first')).toMatchObject({ size: 1 });
    await fresh.remove('first');
  });

  it.each([0, 1, 70_000])('OP-01 keeps %i bytes with their type and metadata', async (size) => {
    const name = named(`whole-${size}`);
    const body = randomBytes(size);
    const metadata = { 'lyceum-key': randomUUID(), 'lyceum-kind': 'recording.track' };
    const { etag } = await store.put(name, body, { contentType: 'audio/webm', metadata });
    expect(await buffer(await store.get(name))).toEqual(body);
    const stat = await store.stat(name);
    expect(stat).toMatchObject({ name, size, etag, contentType: 'audio/webm' });
    expect(stat.metadata).toMatchObject(metadata);
    expect(Math.abs(stat.lastModified.getTime() - Date.now())).toBeLessThan(3_600_000);
  });

  it('OP-01 takes a stream of unknown length in parts, with its metadata', async () => {
    const name = named('parts');
    const sent = createHash('sha256');
    async function* body() {
      for (let piece = 0; piece < 35; piece++) {
        const bytes = randomBytes(MIB + piece);
        sent.update(bytes);
        yield bytes;
      }
    }
    const { size } = await store.put(name, body(), { contentType: 'video/webm', metadata: { 'lyceum-key': 'k' } });
    const received = createHash('sha256');
    for await (const chunk of await store.get(name)) received.update(chunk as Buffer);
    expect(received.digest('hex')).toBe(sent.digest('hex'));
    expect(await store.stat(name)).toMatchObject({ size, contentType: 'video/webm', metadata: { 'lyceum-key': 'k' } });
  });

  it('OP-01 reads ranges, at the borders of parts too', async () => {
    const name = named('ranges');
    const body = randomBytes(17 * MIB);
    await store.put(name, Readable.from([body]));
    const ranges: [number, number][] = [
      [0, 1],
      [0, 74],
      [5, 6],
      [16 * MIB - 3, 16 * MIB + 3],
      [17 * MIB - 1, 17 * MIB],
    ];
    for (const [start, end] of ranges) {
      const read = await buffer(await store.get(name, { range: { start, end } }));
      expect(read.equals(body.subarray(start, end)), `${start}-${end}`).toBe(true);
    }
  });

  it('OP-01 replaces an object whole', async () => {
    const name = named('replaced');
    await store.put(name, Buffer.from('first, and longer'), { metadata: { a: '1' } });
    await store.put(name, Buffer.from('second'), { metadata: { a: '2' } });
    expect((await buffer(await store.get(name))).toString()).toBe('second');
    expect((await store.stat(name)).metadata).toMatchObject({ a: '2' });
  });

  it('OP-01 leaves nothing behind when the source of a stream fails, and the next write is whole', async () => {
    const name = named('failing');
    async function* failing() {
      yield randomBytes(33 * MIB);
      throw new Error('the source broke');
    }
    await expect(store.put(name, failing(), { metadata: { attempt: '1' } })).rejects.toThrow('the source broke');
    await expect(store.stat(name)).rejects.toMatchObject({ code: 'STORAGE.NOT_FOUND' });
    await store.put(name, Readable.from([randomBytes(17 * MIB)]), { metadata: { attempt: '2' } });
    expect(await store.stat(name)).toMatchObject({ size: 17 * MIB, metadata: { attempt: '2' } });
  });

  it('OP-01 lists by prefix in the order of names', async () => {
    const below = `${prefix}list/`;
    for (const name of ['b/2', 'a', 'b/10', 'c']) await store.put(named(`list/${name}`), Buffer.from(name));
    expect((await list(below)).map(({ name }) => name.slice(below.length))).toEqual(['a', 'b/10', 'b/2', 'c']);
    expect((await list(`${below}b/`)).map(({ size }) => size)).toEqual([4, 3]);
    expect(await list(`${below}nothing`)).toEqual([]);
  });

  it('OP-01 removes one, many and missing objects', async () => {
    const all = Array.from({ length: 5 }, (_, index) => named(`remove/${index}`));
    for (const name of all) await store.put(name, Buffer.from('x'));
    await store.remove(all[0] ?? '');
    await store.remove([...all, `${prefix}remove/never`]);
    await store.remove(`${prefix}remove/never`);
    expect(await list(`${prefix}remove/`)).toEqual([]);
  });

  it('OP-01 says NOT_FOUND for what is not there', async () => {
    const missing = { code: 'STORAGE.NOT_FOUND', status: 404 };
    await expect(store.get(`${prefix}missing`)).rejects.toMatchObject(missing);
    await expect(store.stat(`${prefix}missing`)).rejects.toMatchObject(missing);
  });

  it('OP-01 says DENIED for wrong credentials', async () => {
    const stranger = new S3ObjectStore({ ...options, secretKey: 'not the secret of this store' });
    await expect(stranger.put(`${prefix}stranger`, Buffer.from('x'))).rejects.toMatchObject({ code: 'STORAGE.DENIED' });
  });

  it('OP-01 writes many objects at the same time', async () => {
    const all = Array.from({ length: 40 }, (_, index) => ({ name: named(`many/${index}`), body: randomBytes(30_000) }));
    await Promise.all(all.map(({ name, body }) => store.put(name, body)));
    const read = await Promise.all(all.map(async ({ name }) => buffer(await store.get(name))));
    expect(read).toEqual(all.map(({ body }) => body));
  });
});

describe('OP-01 a store in trouble', () => {
  let server: Server;
  let status = 503;
  let asked = 0;
  let endpoint = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1;
      request.resume();
      const code = status === 507 ? 'InsufficientStorage' : 'ServiceUnavailable';
      const body = status === 200 ? '' : `<Error><Code>${code}</Code></Error>`;
      request.on('end', () => response.writeHead(status).end(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('OP-01 says UNAVAILABLE when nobody answers, after a few attempts', async () => {
    const lost = new S3ObjectStore({ ...options, endpoint: 'http://127.0.0.1:9' });
    await expect(lost.stat('x')).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE', status: 503 });
  });

  it('OP-01 repeats what failed for a moment', async () => {
    status = 503;
    asked = 0;
    const store = new S3ObjectStore({ ...options, endpoint });
    const put = store.put('x', Buffer.from('x'));
    await expect.poll(() => asked, { timeout: 5_000 }).toBeGreaterThan(0);
    status = 200;
    await put;
    expect(asked).toBeGreaterThan(1);
  });

  it('OP-01 says FULL when the disk is', async () => {
    status = 507;
    asked = 0;
    const store = new S3ObjectStore({ ...options, endpoint });
    await expect(store.put('x', Buffer.from('x'))).rejects.toMatchObject({ code: 'STORAGE.FULL', status: 507 });
    expect(asked).toBe(1);
  });
});
