import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import { RequestContext } from '../context/index.js';
import { FLOE_HEADER_LENGTH, readSegmentLength } from '../floe/index.js';
import type { DataKeys } from '../keys/index.js';
import { MemoryStore, recordingMarkers } from '../testing/index.js';
import { storageError } from './errors.js';
import { EncryptedObjects } from './encrypted-objects.js';

function tenantContext(slug: string): RequestContext {
  return RequestContext.system({ id: randomUUID(), slug, name: slug, realm: slug, region: 'local' }, 'test');
}

const north = tenantContext('north');
const south = tenantContext('south');
const keyId = randomUUID();
const otherKeyId = randomUUID();
const keys = new Map([
  [`${north.tenant.id}/${keyId}`, randomBytes(32)],
  [`${north.tenant.id}/${otherKeyId}`, randomBytes(32)],
  [`${south.tenant.id}/${keyId}`, randomBytes(32)],
]);
const dataKeys: Pick<DataKeys, 'open'> = {
  open: async (ctx, id) => {
    const key = keys.get(`${ctx.tenant.id}/${id}`);
    if (!key) throw storageError('STORAGE.NOT_FOUND');
    return key;
  },
};

const piece = {
  name: 'recordings/r/pieces/000001',
  kind: 'recording.track',
  aad: { recording: 'r', track: 't', piece: 1 },
};
const markers = [Buffer.from('see you at the whiteboard'), ...recordingMarkers];
const plain = Buffer.concat([...markers.flatMap((marker) => [randomBytes(50_000), marker]), randomBytes(50_000)]);

describe('SE-02 encrypted objects', () => {
  let store: MemoryStore;
  let objects: EncryptedObjects;
  const stored = (name = piece.name) => store.of(`${north.tenant.id}/${name}`);
  const readAll = async (ctx = north, object: Parameters<EncryptedObjects['open']>[1] = piece) =>
    buffer((await objects.read(ctx, object)).stream);
  const corrupt = { code: 'STORAGE.CORRUPT' };

  beforeEach(async () => {
    store = new MemoryStore();
    objects = new EncryptedObjects(store, dataKeys as DataKeys);
    await objects.write(north, { ...piece, dataKeyId: keyId, contentType: 'audio/webm' }, plain);
  });

  it('SE-02 stores ciphertext in FLOE: markers are found after decryption and nowhere before', async () => {
    const { bytes } = stored();
    expect(readSegmentLength(bytes)).toBe(65_536);
    expect(await readAll()).toEqual(plain);
    for (const marker of markers) {
      expect(plain.includes(marker)).toBe(true);
      expect(bytes.includes(marker)).toBe(false);
    }
  });

  it('SE-02 knows the plaintext length and reads any range of it', async () => {
    const opened = await objects.open(north, piece);
    expect(opened).toMatchObject({ size: plain.length, contentType: 'audio/webm', dataKeyId: keyId });
    for (const [start, end] of [
      [0, 1],
      [65_000, 66_000],
      [plain.length - 1, plain.length],
      [100, 150_000],
    ] as const) {
      expect(await buffer(opened.read({ start, end }))).toEqual(plain.subarray(start, end));
    }
    const tail = await objects.read(north, piece, { start: 150_000, end: 10_000_000 });
    expect(tail).toMatchObject({ start: 150_000, end: plain.length, size: plain.length });
    expect(await buffer(tail.stream)).toEqual(plain.subarray(150_000));
    expect(
      await buffer((await objects.read(north, piece, { start: 10_000_000, end: 10_000_001 })).stream),
    ).toHaveLength(0);
  });

  it('SE-02 reads large objects by range, without fetching the rest', async () => {
    const large = randomBytes(2_000_000);
    await objects.write(north, { ...piece, dataKeyId: keyId }, large);
    store.fetched = 0;
    const { stream } = await objects.read(north, piece, { start: 1_000_000, end: 1_000_500 });
    expect((await buffer(stream)).equals(large.subarray(1_000_000, 1_000_500))).toBe(true);
    expect(store.fetched).toBeLessThan(3 * 65_536);
  });

  it('SE-02 takes streams and empty bodies', async () => {
    const name = { name: 'empty', kind: 'content' };
    const written = await objects.write(north, { ...name, dataKeyId: keyId }, Readable.from([]));
    expect(written).toMatchObject({ size: 0, storedSize: FLOE_HEADER_LENGTH + 32 });
    expect(await readAll(north, name)).toHaveLength(0);
    await objects.write(
      north,
      { ...name, dataKeyId: keyId },
      Readable.from([plain.subarray(0, 10), plain.subarray(10)]),
    );
    expect(await readAll(north, name)).toEqual(plain);
  });

  it('SE-02 is another object to another tenant, which does not see it', async () => {
    await expect(readAll(south)).rejects.toMatchObject({ code: 'STORAGE.NOT_FOUND' });
    const names: string[] = [];
    for await (const { name } of objects.list(north, 'recordings/')) names.push(name);
    for await (const { name } of objects.list(south, '')) names.push(name);
    expect(names).toEqual([piece.name]);
    await expect(readAll(south, { ...piece, name: `../${north.tenant.id}/${piece.name}` })).rejects.toThrow(
      'not a name',
    );
  });

  it('SE-02 fails under the key of another tenant, even when the bytes are put at its place', async () => {
    store.objects.set(`${south.tenant.id}/${piece.name}`, stored());
    await expect(readAll(south)).rejects.toMatchObject(corrupt);
  });

  it('SE-02 detects a changed byte, wherever it is', async () => {
    const { bytes } = stored();
    for (const at of [0, 2, 15, 50, FLOE_HEADER_LENGTH, FLOE_HEADER_LENGTH + 5, 70_000, 140_000, bytes.length - 1]) {
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      await expect(readAll(), `byte ${at}`).rejects.toMatchObject(corrupt);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
    }
    expect(await readAll()).toEqual(plain);
  });

  it('SE-02 detects a cut tail before it hands out a byte', async () => {
    const object = stored();
    const { bytes } = object;
    for (const length of [0, 10, FLOE_HEADER_LENGTH, FLOE_HEADER_LENGTH + 65_536, bytes.length - 1]) {
      object.bytes = bytes.subarray(0, length);
      await expect(objects.read(north, piece, { start: 0, end: 10 }), `${length} bytes`).rejects.toMatchObject(corrupt);
    }
  });

  it('SE-02 detects a piece in another place, and what it is said to be', async () => {
    const second = { ...piece, name: 'recordings/r/pieces/000002', aad: { ...piece.aad, piece: 2 } };
    await objects.write(north, { ...second, dataKeyId: keyId, contentType: 'audio/webm' }, Buffer.from('second'));
    const [a, b] = [stored().bytes, stored(second.name).bytes];
    [stored().bytes, stored(second.name).bytes] = [b, a];
    await expect(readAll()).rejects.toMatchObject(corrupt);
    await expect(readAll(north, second)).rejects.toMatchObject(corrupt);
    [stored().bytes, stored(second.name).bytes] = [a, b];
    await expect(readAll(north, { ...piece, kind: 'content' })).rejects.toMatchObject(corrupt);
    await expect(readAll(north, { ...piece, aad: { ...piece.aad, piece: 2 } })).rejects.toMatchObject(corrupt);
    await expect(readAll(north, { name: piece.name, kind: piece.kind })).rejects.toMatchObject(corrupt);
    // The order in which additional data is written down means nothing.
    expect(await readAll(north, { ...piece, aad: { piece: 1, track: 't', recording: 'r' } })).toEqual(plain);
  });

  it('SE-02 does not believe what the store says beside the bytes', async () => {
    const object = stored();
    object.metadata['lyceum-key'] = otherKeyId;
    await expect(readAll()).rejects.toMatchObject(corrupt);
    object.metadata['lyceum-key'] = keyId;
    object.contentType = 'text/html';
    await expect(readAll()).rejects.toMatchObject(corrupt);
    object.metadata = {};
    await expect(readAll()).rejects.toMatchObject(corrupt);
  });

  it('SE-02 lets go of the store when the reader leaves, and says so when the store does', async () => {
    const large = Buffer.concat([plain, plain]);
    await objects.write(north, { ...piece, dataKeyId: keyId }, large);
    const left = (await objects.read(north, piece)).stream;
    for await (const chunk of left) if (chunk) break;
    await expect.poll(() => store.streams.every((stream) => stream.destroyed), { timeout: 4_000 }).toBe(true);

    const { stream } = await objects.read(north, piece);
    stream.once('data', () => store.streams.at(-1)?.destroy(new Error('connection reset')));
    await expect(buffer(stream)).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });
  });
});
