import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LyceumError } from '@lyceum/platform/errors';
import { EncryptedObjects } from '@lyceum/platform/storage';
import { MemoryStore } from '@lyceum/platform/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { piecePlace, type SegmentIdentity } from '../domain/segment-identity.js';
import { LocalJournal } from '../journal/local-journal.js';
import { SealedJournal } from '../journal/sealed-journal.js';
import type { SegmentRows } from '../persistence/segment-rows.js';
import { contextsForTests, FlakyDatabase, FlakyKeys, segmentForTests, tenantForTests } from './backstage-for-tests.js';
import { PieceUploader } from './piece-uploader.js';

describe('RE-01 pieces on their way to the store', { timeout: 30_000 }, () => {
  const [north, south] = [tenantForTests(), { ...tenantForTests(), open: false }];
  let directory: string;
  let journal: SealedJournal;
  let store: MemoryStore;
  let keys: FlakyKeys;
  let database: FlakyDatabase;
  let added: string[];
  let uploader: PieceUploader;

  const nameOf = (segment: SegmentIdentity, number: number) =>
    `${segment.tenantId}/${piecePlace(segment, number).name}`;

  async function record(segment: SegmentIdentity, numbers: readonly number[]): Promise<void> {
    await journal.local.create(segment);
    for (const number of numbers) {
      await journal.write(segment, keys.of(segment.dataKeyId), number, Buffer.from(`piece ${number}`));
    }
  }

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'lyceum-uploader-'));
    journal = new SealedJournal(new LocalJournal(directory));
    store = new MemoryStore();
    keys = new FlakyKeys();
    database = new FlakyDatabase();
    added = [];
    const rows: Pick<SegmentRows, 'addPieces'> = {
      addPieces: async (_ctx, pieces) => void added.push(...pieces.map((piece) => piece.object)),
    };
    const objects = new EncryptedObjects(store, keys.asDataKeys());
    const contexts = contextsForTests([north, south]);
    uploader = new PieceUploader(
      journal,
      contexts,
      keys.asDataKeys(),
      objects,
      database.asDatabase(),
      rows as SegmentRows,
    );
  });

  afterEach(() => {
    uploader.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('RE-01 a closed institution in front keeps nobody waiting, and its pieces stay on disk', async () => {
    const [closed, open] = [segmentForTests(south.id), segmentForTests(north.id)];
    await record(closed, [1, 2]);
    await record(open, [1]);
    uploader.enqueue(closed, 1);
    uploader.enqueue(closed, 2);
    uploader.enqueue(open, 1);
    const refused = expect(uploader.drained(closed.segmentId)).rejects.toMatchObject({ code: 'RESOURCE.NOT_FOUND' });
    await uploader.drained(open.segmentId);
    await refused;
    expect([...store.objects.keys()]).toEqual([nameOf(open, 1)]);
    expect(await journal.local.pieces(closed.segmentId)).toEqual([1, 2]);
    expect(uploader.backlog).toBe(0);
  });

  it('RE-01 a destroyed key takes nothing with it but its own segment', async () => {
    const [erased, kept] = [segmentForTests(north.id), segmentForTests(north.id)];
    await record(erased, [1, 2]);
    await record(kept, [1, 2]);
    keys.faults.set(erased.dataKeyId, new LyceumError('KEYS.DESTROYED'));
    for (const number of [1, 2]) for (const segment of [erased, kept]) uploader.enqueue(segment, number);
    await uploader.drained(kept.segmentId);
    expect(added).toEqual([1, 2].map((number) => piecePlace(kept, number).name));
    await expect(uploader.drained(erased.segmentId)).rejects.toMatchObject({ code: 'KEYS.DESTROYED' });
    // What still flows into it stays on disk as well, without being tried.
    uploader.enqueue(erased, 3);
    expect(uploader.backlog).toBe(0);
  });

  it('RE-01 what fails for now goes behind the others, and is stored once it can be', async () => {
    const [stuck, other] = [segmentForTests(north.id), segmentForTests(north.id)];
    await record(stuck, [1]);
    await record(other, [1, 2]);
    keys.faults.set(stuck.dataKeyId, new LyceumError('KEYS.REFUSED'));
    uploader.enqueue(stuck, 1);
    uploader.enqueue(other, 1);
    await uploader.drained(other.segmentId);
    // A sweep may bring what waits already.
    uploader.enqueue(stuck, 1);
    uploader.enqueue(other, 2);
    await uploader.drained(other.segmentId);
    expect(added).toEqual([1, 2].map((number) => piecePlace(other, number).name));
    keys.faults.clear();
    await uploader.drained(stuck.segmentId);
    expect(added.slice(2)).toEqual([piecePlace(stuck, 1).name]);
  });

  it('RE-01 a database that is away loses no piece and gives none up', async () => {
    const segment = segmentForTests(north.id);
    await record(segment, [1]);
    database.fault = new Error('connection refused');
    uploader.enqueue(segment, 1);
    await expect.poll(() => store.objects.size).toBe(1);
    expect(added).toEqual([]);
    database.fault = null;
    await uploader.drained(segment.segmentId);
    expect(added).toEqual([piecePlace(segment, 1).name]);
  });
});
