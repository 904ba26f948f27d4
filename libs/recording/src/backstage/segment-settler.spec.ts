import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LyceumError } from '@lyceum/platform/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SegmentIdentity } from '../domain/segment-identity.js';
import { LocalJournal } from '../journal/local-journal.js';
import { SealedJournal } from '../journal/sealed-journal.js';
import type { RecordingRow, RecordingRows } from '../persistence/recording-rows.js';
import type { SegmentRows } from '../persistence/segment-rows.js';
import { contextsForTests, FlakyDatabase, segmentForTests, tenantForTests } from './backstage-for-tests.js';
import type { SegmentFinisher } from './segment-finisher.js';
import type { SegmentRestorer } from './segment-restorer.js';
import { SegmentSettler } from './segment-settler.js';

describe('RE-01 segments that were left behind', () => {
  const [north, south] = [tenantForTests(), tenantForTests()];
  let directory: string;
  let journal: SealedJournal;
  let faults: Map<string, Error>;
  let pending: SegmentIdentity[];
  /** What was done to which segment or recording, in order. */
  let done: string[];
  let settler: SegmentSettler;

  function attempt(what: string, segmentId: string): void {
    done.push(`${what} ${segmentId}`);
    const fault = faults.get(segmentId);
    if (fault) throw fault;
  }

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'lyceum-settler-'));
    journal = new SealedJournal(new LocalJournal(directory));
    [faults, pending, done] = [new Map(), [], []];
    const finisher: Pick<SegmentFinisher, 'finish' | 'resumeUpload'> = {
      finish: async ({ segmentId }) => attempt('finish', segmentId),
      resumeUpload: async () => undefined,
    };
    const restorer: Pick<SegmentRestorer, 'restore'> = {
      restore: async (_ctx, segmentId) => attempt('restore', segmentId),
    };
    const recordings: Pick<RecordingRows, 'unfinished' | 'move'> = {
      unfinished: async (ctx) =>
        pending
          .filter(({ tenantId }) => tenantId === ctx.tenant.id)
          .map(({ recordingId }) => ({ id: recordingId, status: 'finishing' }) as RecordingRow),
      move: async (_ctx, id, to) => done.push(`${to} ${id}`) > 0,
    };
    const segments: Pick<SegmentRows, 'progress' | 'close' | 'settle'> = {
      progress: async (_ctx, recordingId) => ({
        pending: pending.filter((segment) => segment.recordingId === recordingId).map(({ segmentId }) => segmentId),
        playable: 1,
      }),
      close: async () => undefined,
      settle: async (_ctx, segmentId, { status }) => {
        done.push(`${status} ${segmentId}`);
        pending = pending.filter((segment) => segment.segmentId !== segmentId);
      },
    };
    settler = new SegmentSettler(
      journal,
      finisher as SegmentFinisher,
      restorer as SegmentRestorer,
      contextsForTests([north, south]),
      new FlakyDatabase().asDatabase(),
      recordings as RecordingRows,
      segments as SegmentRows,
    );
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('RE-01 one whose key is destroyed is left out, so that the replay does not wait for it', async () => {
    const erased = segmentForTests(north.id);
    await journal.local.create(erased);
    pending = [erased];
    faults.set(erased.segmentId, new LyceumError('KEYS.DESTROYED'));
    await settler.sweep('recorder');
    expect(done).toEqual([`finish ${erased.segmentId}`, `damaged ${erased.segmentId}`, `ready ${erased.recordingId}`]);
    await settler.sweep('recorder');
    expect(done).toHaveLength(3);
    expect(await journal.local.list()).toEqual([erased]);
  });

  it('RE-01 one that can not be brought back keeps no other institution waiting, and is tried again', async () => {
    const [stuck, lost] = [segmentForTests(north.id), segmentForTests(south.id)];
    pending = [stuck, lost];
    faults.set(stuck.segmentId, new Error('the store is away'));
    await settler.sweep('recorder');
    expect(done).toEqual([stuck, lost].map(({ segmentId }) => `restore ${segmentId}`));
    await settler.sweep('recorder');
    expect(done).toHaveLength(4);
  });
});
