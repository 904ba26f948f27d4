import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { RoomDirectory } from '@lyceum/classroom';
import { LyceumError } from '@lyceum/platform/errors';
import { EncryptedObjects } from '@lyceum/platform/storage';
import { processLogger } from '@lyceum/platform/telemetry';
import { MemoryStore } from '@lyceum/platform/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalJournal } from '../journal/local-journal.js';
import { SealedJournal } from '../journal/sealed-journal.js';
import type { RecordingRows } from '../persistence/recording-rows.js';
import type { SegmentRows } from '../persistence/segment-rows.js';
import { contextsForTests, FlakyDatabase, FlakyKeys, tenantForTests } from './backstage-for-tests.js';
import { LiveSegment } from './live-segment.js';
import type { PieceUploader } from './piece-uploader.js';
import { SegmentOpener } from './segment-opener.js';
import type { SegmentSettler } from './segment-settler.js';

describe('RE-01 opening recordings and segments', () => {
  const [north, closed] = [tenantForTests(), { ...tenantForTests(), open: false }];
  const knownRoom = randomUUID();
  const dataKeyId = randomUUID();
  const track = { participantId: randomUUID(), source: 'mic' } as const;
  let directory: string;
  let keys: FlakyKeys;
  let database: FlakyDatabase;
  let opener: SegmentOpener;
  let uploaded: number[];

  const recording = (tenantId: string, roomId = knownRoom) => ({
    recordingId: randomUUID(),
    tenantId,
    roomId,
    roomOpenedAtMs: 0,
    epoch: 'e1',
  });

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'lyceum-opener-'));
    keys = new FlakyKeys();
    database = new FlakyDatabase();
    uploaded = [];
    const rooms = {
      find: async (_ctx: unknown, id: string) => (id === knownRoom ? { sessionId: 's', courseId: 'c' } : null),
    };
    const recordings: Pick<RecordingRows, 'begin' | 'dataKeyOf' | 'ensureTrack'> = {
      begin: async () => undefined,
      dataKeyOf: async () => dataKeyId,
      ensureTrack: async () => randomUUID(),
    };
    const segments: Pick<SegmentRows, 'open'> = { open: async () => undefined };
    const uploader: Pick<PieceUploader, 'enqueue'> = { enqueue: (_segment, number) => void uploaded.push(number) };
    const settler: Pick<SegmentSettler, 'claim' | 'settle'> = { claim: () => undefined, settle: async () => undefined };
    opener = new SegmentOpener(
      { instance: 'recorder', journalDir: directory },
      contextsForTests([north, closed]),
      uploader as PieceUploader,
      rooms as unknown as RoomDirectory,
      database.asDatabase(),
      recordings as RecordingRows,
      segments as SegmentRows,
      keys.asDataKeys(),
      new EncryptedObjects(new MemoryStore(), keys.asDataKeys()),
      new SealedJournal(new LocalJournal(directory)),
      settler as SegmentSettler,
    );
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('RE-01 refuses a closed institution and a room that is not there at once', async () => {
    const refused = { code: 'RESOURCE.NOT_FOUND' };
    await expect(opener.openRecording(recording(closed.id), 0)).rejects.toMatchObject(refused);
    await expect(opener.openRecording(recording(north.id, randomUUID()), 0)).rejects.toMatchObject(refused);
  });

  it('RE-01 waits for a database that is away', async () => {
    database.fault = new Error('connection refused');
    const opening = opener.openRecording(recording(north.id), 0);
    setTimeout(() => (database.fault = null), 100);
    await opening;
  });

  it('RE-01 a participant whose key is destroyed is not recorded, and what they send is not kept in memory', async () => {
    const opened = await opener.openRecording(recording(north.id), 0);
    const told: unknown[] = [];
    const events = {
      stored: () => told.push('stored'),
      failed: (error: unknown) => told.push(error),
      keyFrameWanted: () => undefined,
    };
    const live = () => new LiveSegment(opened.openSegment(track), events, processLogger());
    keys.faults.set(dataKeyId, new LyceumError('KEYS.DESTROYED'));
    const refused = live();
    for (let piece = 0; piece < 20; piece += 1) refused.piece(Buffer.from('LYJP'));
    await refused.close();
    await refused.finish();
    expect(told).toEqual([expect.objectContaining({ code: 'KEYS.DESTROYED' })]);
    expect(uploaded).toEqual([]);

    keys.faults.clear();
    const kept = live();
    kept.piece(Buffer.from('LYJP'));
    await kept.close();
    expect([told.slice(1), uploaded]).toEqual([['stored'], [1]]);
  });
});
