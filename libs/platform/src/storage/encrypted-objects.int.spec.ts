import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RequestContext } from '../context/index.js';
import { Database, DatabaseModule } from '../database/index.js';
import { readSegmentLength } from '../floe/index.js';
import { HealthModule, HealthRegistry } from '../health/index.js';
import { DataKeys, KeysModule } from '../keys/index.js';
import { applianceForTests } from '../keys/appliance-for-tests.js';
import { recordingMarkers } from '../testing/index.js';
import { EncryptedObjects, ObjectStore, StorageModule } from './index.js';

const config = applianceForTests();
const chatLine = Buffer.from('Is the midterm open book?');
const markers = [chatLine, ...recordingMarkers];
const TENANT_OBJECT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\//;

describe('SE-02 encrypted objects in the real store', () => {
  let app: INestApplicationContext;
  let objects: EncryptedObjects;
  let store: ObjectStore;
  let dataKeys: DataKeys;
  let ctx: RequestContext;
  let other: RequestContext;

  async function tenant(): Promise<RequestContext> {
    const id = randomUUID();
    const slug = `objects-${id.slice(0, 8)}`;
    const { region } = config;
    await app
      .get(Database)
      .platform((manager) =>
        manager.query(
          'insert into tenant (id, slug, name, realm, region, closed_at) values ($1, $2, $2, $2, $3, now())',
          [id, slug, region],
        ),
      );
    return RequestContext.system({ id, slug, name: slug, realm: slug, region }, 'objects test');
  }

  beforeAll(async () => {
    const testing = await Test.createTestingModule({
      imports: [
        HealthModule,
        DatabaseModule.forRoot(config.database, 'objects-test'),
        KeysModule.forRoot(config.keys),
        StorageModule.forRoot(config.store),
      ],
    }).compile();
    app = testing;
    await testing.init();
    [objects, store, dataKeys] = [app.get(EncryptedObjects), app.get(ObjectStore), app.get(DataKeys)];
    await store.ensureBucket();
    [ctx, other] = [await tenant(), await tenant()];
  });

  afterAll(async () => {
    for (const each of [ctx, other]) {
      const names: string[] = [];
      for await (const { name } of objects.list(each, '')) names.push(name);
      await objects.remove(each, names);
    }
    await app.close();
  });

  it('SE-02 puts ciphertext into the store: markers are found after decryption and nowhere before', async () => {
    const { id } = await dataKeys.create(ctx, { kind: 'recording.track', recordingId: randomUUID() });
    const object = { name: 'recordings/r/track.webm', kind: 'recording.track', aad: { track: 't' } };
    const plain = Buffer.concat([...markers.flatMap((marker) => [randomBytes(400_000), marker]), randomBytes(9)]);
    const written = await objects.write(
      ctx,
      { ...object, dataKeyId: id, contentType: 'video/webm' },
      Readable.from([plain]),
    );
    expect(written.size).toBe(plain.length);

    const raw = await buffer(await store.get(`${ctx.tenant.id}/${object.name}`));
    expect(raw.length).toBe(written.storedSize);
    expect(readSegmentLength(raw)).toBe(65_536);
    const read = await objects.read(ctx, object);
    expect(read).toMatchObject({ size: plain.length, contentType: 'video/webm' });
    expect((await buffer(read.stream)).equals(plain)).toBe(true);
    for (const marker of markers) expect([raw.includes(marker), plain.includes(marker)]).toEqual([false, true]);

    const part = await objects.read(ctx, object, { start: 399_990, end: 400_000 + chatLine.length });
    expect((await buffer(part.stream)).subarray(10).equals(chatLine)).toBe(true);
  });

  it('SE-02 detects a changed byte, a swapped piece and a cut tail in the store', async () => {
    const { id } = await dataKeys.create(ctx, { kind: 'recording.track' });
    const piece = (number: number) => ({ name: `pieces/${number}`, kind: 'recording.track', aad: { piece: number } });
    const raw: Buffer[] = [];
    for (const number of [0, 1]) {
      await objects.write(ctx, { ...piece(number), dataKeyId: id }, randomBytes(200_000));
      raw.push(await buffer(await store.get(`${ctx.tenant.id}/pieces/${number}`)));
    }
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = raw;
    const { contentType, metadata } = await store.stat(`${ctx.tenant.id}/pieces/0`);
    const changed = Buffer.from(first);
    changed[150_000] = (changed[150_000] ?? 0) ^ 1;
    const readFirst = async () => buffer((await objects.read(ctx, piece(0))).stream);
    for (const tampered of [changed, second, first.subarray(0, -1), first.subarray(0, 74 + 65_536)]) {
      await store.put(`${ctx.tenant.id}/pieces/0`, tampered, { contentType, metadata });
      await expect(readFirst()).rejects.toMatchObject({ code: 'STORAGE.CORRUPT' });
    }
    await store.put(`${ctx.tenant.id}/pieces/0`, first, { contentType, metadata });
    expect(await readFirst()).toHaveLength(200_000);
  });

  it("SE-02 opens nothing with another tenant's key, and nothing after the key is destroyed", async () => {
    const object = { name: 'content/notes', kind: 'content' };
    const { id } = await dataKeys.create(ctx, { kind: 'content' });
    await objects.write(ctx, { ...object, dataKeyId: id }, chatLine);
    await expect(objects.open(other, object)).rejects.toMatchObject({ code: 'STORAGE.NOT_FOUND' });
    await expect(objects.write(other, { ...object, dataKeyId: id }, chatLine)).rejects.toMatchObject({
      code: 'KEYS.NOT_FOUND',
    });

    const theirs = await dataKeys.create(other, { kind: 'content' });
    const raw = await buffer(await store.get(`${ctx.tenant.id}/${object.name}`));
    await store.put(`${other.tenant.id}/${object.name}`, raw, { metadata: { 'lyceum-key': theirs.id } });
    await expect(objects.open(other, object)).rejects.toMatchObject({ code: 'STORAGE.CORRUPT' });

    expect(await dataKeys.destroy(ctx, { id })).toBe(1);
    await expect(objects.open(ctx, object)).rejects.toMatchObject({ code: 'KEYS.DESTROYED' });
  });

  it('SE-02 finds nothing in the whole store that is not FLOE', async () => {
    const wrong: string[] = [];
    for await (const { name, size } of store.list('')) {
      if (!TENANT_OBJECT.test(name)) continue;
      const start = await buffer(await store.get(name, { range: { start: 0, end: Math.min(size, 4096) } }));
      try {
        readSegmentLength(start);
      } catch {
        wrong.push(name);
      }
      if (markers.some((marker) => start.includes(marker))) wrong.push(name);
    }
    expect(wrong).toEqual([]);
  });

  it('SE-02 tells whether keys and store are there', async () => {
    expect((await app.get(HealthRegistry).readiness()).checks).toMatchObject({ keys: 'ready', store: 'ready' });
  });
});
