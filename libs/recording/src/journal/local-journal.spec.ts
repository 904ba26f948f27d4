import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import { FloeError } from '@lyceum/platform/floe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SegmentIdentity } from '../domain/segment-identity.js';
import { LocalJournal } from './local-journal.js';
import { compareWithManifest, sha256, type Manifest } from './manifest.js';
import { SealedJournal } from './sealed-journal.js';

const identity = (): SegmentIdentity => ({
  tenantId: randomUUID(),
  recordingId: randomUUID(),
  participantId: randomUUID(),
  trackId: randomUUID(),
  segmentId: randomUUID(),
  source: 'camera',
  epoch: 'e1',
  dataKeyId: randomUUID(),
  roomOpenedAtMs: 1_800_000_000_000,
});

describe('RE-01 the journal on the local disk', () => {
  let directory: string;
  let journal: SealedJournal;
  const key = randomBytes(32);
  const piece = Buffer.from('LYJP, what was said in class');

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'lyceum-journal-'));
    journal = new SealedJournal(new LocalJournal(join(directory, 'journal')));
    await journal.local.prepare();
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('RE-01 gives back pieces in order, and nothing lies there in the clear', async () => {
    const segment = identity();
    await journal.local.create(segment);
    for (const number of [2, 1, 10])
      await journal.write(segment, key, number, Buffer.concat([piece, Buffer.from([number])]));
    expect(await journal.local.list()).toEqual([segment]);
    expect(await journal.local.pieces(segment.segmentId)).toEqual([1, 2, 10]);
    expect((await journal.read(segment, key, 10)).at(-1)).toBe(10);
    expect((await journal.local.read(segment.segmentId, 1)).includes(piece)).toBe(false);
  });

  it('RE-01 refuses a cut, changed or swapped piece and one of another segment', async () => {
    const [segment, other] = [identity(), identity()];
    await journal.local.create(segment);
    await journal.write(segment, key, 1, piece);
    await journal.write(segment, key, 2, piece);
    const sealed = await journal.local.read(segment.segmentId, 1);
    const read = () => journal.read(segment, key, 1);
    await expect(journal.read({ ...other, segmentId: segment.segmentId }, key, 1)).rejects.toThrow(FloeError);
    await journal.local.write(segment.segmentId, 1, sealed.subarray(0, sealed.length - 1));
    await expect(read()).rejects.toThrow(FloeError);
    expect(await journal.readIfWhole(segment, key, 1)).toBeNull();
    await journal.local.write(segment.segmentId, 1, await journal.local.read(segment.segmentId, 2));
    await expect(read()).rejects.toThrow(FloeError);
    await journal.local.write(segment.segmentId, 1, sealed);
    expect(await read()).toEqual(piece);
  });

  it('RE-01 forgets what a killed process had not finished writing', async () => {
    const segment = identity();
    await journal.local.create(segment);
    await journal.write(segment, key, 1, piece);
    writeFileSync(join(directory, 'journal', segment.segmentId, '.000002.piece.part'), 'half');
    mkdirSync(join(directory, 'journal', randomUUID()));
    await journal.local.prepare();
    expect(await journal.local.list()).toEqual([segment]);
    expect(await journal.local.pieces(segment.segmentId)).toEqual([1]);
  });

  it('RE-01 tells from the manifest what is missing, changed or too much', () => {
    const pieces = [1, 2, 3].map((number) => Buffer.from([number]));
    const { recordingId, trackId, segmentId, participantId, source, epoch, roomOpenedAtMs } = identity();
    const listed = pieces.map((bytes, i) => ({
      number: i + 1,
      bytes: bytes.length,
      sha256: sha256(bytes).toString('hex'),
    }));
    const ids = { recordingId, trackId, segmentId, participantId, source, epoch, roomOpenedAtMs };
    const manifest: Manifest = { version: 1, ...ids, pieces: listed };
    const found = (entries: [number, Buffer | null][]) => compareWithManifest(manifest, new Map(entries));
    const [one = piece, two = piece, three = piece] = pieces;
    expect(
      found([
        [1, one],
        [2, two],
        [3, three],
      ]),
    ).toEqual([]);
    expect(
      found([
        [1, one],
        [2, two],
      ]),
    ).toEqual([{ piece: 3, fault: 'missing' }]);
    expect(
      found([
        [1, two],
        [2, null],
        [3, three],
        [4, one],
      ]),
    ).toEqual([
      { piece: 1, fault: 'different' },
      { piece: 2, fault: 'unreadable' },
      { piece: 4, fault: 'unlisted' },
    ]);
  });
});
