import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { replaySchema, type RecordingStatus } from '@lyceum/contracts';
import { AuditModule } from '@lyceum/platform/audit';
import type { RequestContext } from '@lyceum/platform/context';
import { Database, DatabaseModule } from '@lyceum/platform/database';
import { HealthModule } from '@lyceum/platform/health';
import { KeysModule } from '@lyceum/platform/keys';
import { ObjectStore, StorageModule } from '@lyceum/platform/storage';
import { recordingMarkers } from '@lyceum/platform/testing';
import {
  JournalArchive,
  RecordingAccess,
  RecordingHttpModule,
  SegmentMedia,
  type JournalRecord,
} from '@lyceum/recording';
import {
  closeRoom,
  exportMjr,
  FakeMediaNode,
  FlashAndBeep,
  makeClip,
  openRoom,
  RecordingRows,
  Replays,
  SegmentRows,
  type Clip,
  type FakeTrack,
  type PlayableSegment,
  type RecordedRoom,
} from '@lyceum/recording/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { flashes, frameTimes, janus, onsets, probe, withFile } from './testing/judges.js';
import { applianceRecorderConfig, RecorderProcess } from './testing/recorder-process.js';

const base = applianceRecorderConfig();
const [MIC_SSRC, CAMERA_SSRC] = [1111, 2222];

describe('RE-01 the recorder, with a real worker and real RTP', { timeout: 180_000 }, () => {
  let app: INestApplicationContext;
  let database: Database;
  let room: RecordedRoom;
  let recorder: RecorderProcess;
  let media: FakeMediaNode;
  let sender: FlashAndBeep;
  let clip: Clip;
  let mic: FakeTrack;
  const recordingId = () => media.recording.recordingId;

  beforeAll(async () => {
    const testing = await Test.createTestingModule({
      imports: [
        HealthModule,
        DatabaseModule.forRoot(base.database, 'recorder-test'),
        KeysModule.forRoot(base.keys),
        StorageModule.forRoot(base.store),
        AuditModule,
        RecordingHttpModule,
      ],
    }).compile();
    app = await testing.init();
    database = app.get(Database);
    await app.get(ObjectStore).ensureBucket();
    clip = await makeClip(640, 360);
  });

  afterAll(() => app.close());

  beforeEach(async () => {
    room = await openRoom(database, base.region, 1);
    recorder = await RecorderProcess.create(base);
    recorder.start();
    const { roomId, roomOpenedAtMs, ctx } = room;
    const recording = { recordingId: randomUUID(), roomId, tenantId: ctx.tenant.id, roomOpenedAtMs };
    media = await FakeMediaNode.start(base.workerBin, recording);
    const participantId = room.participantIds[0] ?? '';
    mic = await media.publish(participantId, 'mic', MIC_SSRC);
    const camera = await media.publish(participantId, 'camera', CAMERA_SSRC);
    sender = new FlashAndBeep(clip, { track: mic, ssrc: MIC_SSRC }, { track: camera, ssrc: CAMERA_SSRC });
    await recorder.ready();
    await media.connect(recorder.address, recorder.token);
  });

  afterEach(async () => {
    sender.stop();
    media.stop();
    await recorder.remove();
    await closeRoom(database, room);
  });

  async function untilStatus(status: RecordingStatus): Promise<number> {
    const since = Date.now();
    for (;;) {
      const row = await database.transaction(room.ctx, 'read', (tx) =>
        app.get(RecordingRows, { strict: false }).find(tx, recordingId()),
      );
      if (row?.status === status) return Date.now() - since;
      if (Date.now() - since > 60_000) throw new Error(`the recording is ${row?.status ?? 'not there'}`);
      await sleep(50);
    }
  }

  const segments = () =>
    database.transaction(room.ctx, 'read', (tx) =>
      app.get(SegmentRows, { strict: false }).playable(tx, [recordingId()]),
    );

  async function bytesOf(segment: PlayableSegment): Promise<Buffer> {
    const file = await app.get(SegmentMedia, { strict: false }).open(room.ctx, recordingId(), segment.id);
    return buffer(file.read({ start: 0, end: file.bytes }));
  }

  async function judge<T>(segment: PlayableSegment, fn: (path: string) => T): Promise<T> {
    return withFile('segment.webm', await bytesOf(segment), fn);
  }

  it('RE-01 RE-02 plays soon after the end, picture and sound within 100 ms, also after a mute', async () => {
    await sleep(7_000);
    await media.setPaused(mic, true);
    await sleep(4_000);
    await media.setPaused(mic, false);
    await sleep(7_000);
    await media.finish();
    // The bar is ten seconds from end to replay on a machine of its own; tests share theirs and allow five times as much.
    expect(await untilStatus('ready')).toBeLessThan(50_000);

    const replay = replaySchema.parse(
      await database.transaction(room.ctx, 'write', (tx) =>
        app.get(Replays, { strict: false }).view(tx, room.sessionId),
      ),
    );
    expect(replay).toMatchObject({ status: 'ready', roomId: room.roomId, openedAt: room.roomOpenedAtMs });
    expect(replay.tracks.map((track) => track.source).sort()).toEqual(['camera', 'mic']);

    const [sound, picture] = ['mic', 'camera'].map(async (source) => {
      const found = (await segments()).filter((segment) => segment.source === source);
      expect(found).toHaveLength(1);
      if (!found[0]) throw new Error(`no ${source}`);
      return found[0];
    });
    const [micSegment, cameraSegment] = [await sound!, await picture!];
    const heard = await judge(micSegment, (path) => {
      expect(probe(path)).toMatchObject({ codec: 'opus' });
      expect(Math.abs(probe(path).duration - micSegment.durationMs / 1000)).toBeLessThan(0.2);
      return onsets(path).map((time) => time * 1000 + micSegment.startMs);
    });
    const seen = await judge(cameraSegment, (path) => {
      expect(probe(path)).toMatchObject({ codec: 'vp8', width: 640, height: 360 });
      return flashes(path).map((time) => time * 1000 + cameraSegment.startMs);
    });
    // Nine flashes or so, and a beep with each that did not fall into the mute.
    const both = heard.filter((beep) => beep > Math.min(...seen) - 1000 && beep < Math.max(...seen) + 1000);
    expect(seen.length).toBeGreaterThanOrEqual(7);
    expect(both.length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...both) - Math.min(...both)).toBeGreaterThan(10_000);
    // Not five times the bar: this is no speed, and what was written stays as it is on whatever machine it is read.
    for (const beep of both) expect(Math.min(...seen.map((flash) => Math.abs(flash - beep)))).toBeLessThan(100);
  });

  it('RE-01 keeps a journal that others can read, and nothing in the clear', async () => {
    await sleep(5_000);
    await media.finish();
    await untilStatus('ready');
    const archive = app.get(JournalArchive, { strict: false });
    for (const segment of await segments()) {
      expect(await archive.verify(room.ctx, segment.id)).toEqual([]);
      const records: JournalRecord[] = [];
      for await (const record of archive.records(room.ctx, segment.id)) records.push(record);
      const format = records.find((record) => record.kind === 'format')?.format;
      expect(records.filter((record) => record.kind === 'sr').length).toBeGreaterThan(1);
      const mjr = format && exportMjr(records, format, format.ssrcs[0] ?? 0);
      if (!mjr) throw new Error('no export');
      const verdict = janus(mjr, segment.source === 'mic' ? 'opus' : 'webm');
      expect(verdict.codec).toBe(segment.source === 'mic' ? 'opus' : 'vp8');
      expect(Math.abs(verdict.duration * 1000 - segment.durationMs)).toBeLessThan(1_500);
      // Decrypted, it has the marks that nothing in the store may show (checks/at-rest.ts looks for them, too).
      const plain = await bytesOf(segment);
      expect(recordingMarkers.some((marker) => plain.indexOf(marker) === 0)).toBe(true);
      expect(plain.includes(segment.source === 'mic' ? 'OpusHead' : 'V_VP8')).toBe(true);
    }
    for await (const { name } of app.get(ObjectStore).list(`${room.ctx.tenant.id}/`)) {
      const raw = await buffer(await app.get(ObjectStore).get(name));
      // Marks stand in the head; four bytes turn up by chance in megabytes.
      const head = raw.subarray(0, 1024);
      for (const marker of [...recordingMarkers, Buffer.from('LYJP')]) expect(head.includes(marker)).toBe(false);
    }
    expect(readdirSync(join(recorder.directory, 'journal'))).toEqual([]);
  });

  it('RE-01 notices a changed byte, a swapped piece and a cut tail', async () => {
    await sleep(4_000);
    await media.finish();
    await untilStatus('ready');
    const store = app.get(ObjectStore);
    const [segment] = await segments();
    if (!segment) throw new Error('nothing recorded');
    const pieces: string[] = [];
    for await (const { name } of store.list(
      `${room.ctx.tenant.id}/recordings/${recordingId()}/journal/${segment.id}/`,
    )) {
      if (name.endsWith('.piece')) pieces.push(name);
    }
    const verify = () => app.get(JournalArchive, { strict: false }).verify(room.ctx, segment.id);
    expect(pieces.length).toBeGreaterThanOrEqual(3);
    const [one = '', two = ''] = pieces;
    const [first, second] = [await fetchObject(store, one), await fetchObject(store, two)];

    await store.put(one, flipped(first.bytes), first.options);
    expect(await verify()).toEqual([{ piece: 1, fault: 'unreadable' }]);
    await store.put(one, second.bytes, second.options);
    await store.put(two, first.bytes, first.options);
    expect(await verify()).toEqual([1, 2].map((piece) => ({ piece, fault: 'unreadable' })));
    await store.put(one, first.bytes, first.options);
    await store.put(two, second.bytes, second.options);
    expect(await verify()).toEqual([]);
    await store.remove(pieces.at(-1) ?? '');
    expect(await verify()).toEqual([{ piece: pieces.length, fault: 'missing' }]);
  });

  it('SE-02 RE-02 opens to its own institution, and is not there for another', async () => {
    await sleep(4_000);
    await media.finish();
    await untilStatus('ready');
    const [segment] = await segments();
    if (!segment) throw new Error('nothing recorded');
    const access = app.get(RecordingAccess, { strict: false });
    const file = app.get(SegmentMedia, { strict: false });
    const replays = app.get(Replays, { strict: false });
    const ways: ((ctx: RequestContext) => Promise<unknown>)[] = [
      (ctx) => access.requireRecording(ctx, recordingId()),
      (ctx) => file.open(ctx, recordingId(), segment.id),
      (ctx) => database.transaction(ctx, 'write', (tx) => replays.view(tx, room.sessionId)),
    ];
    const other = await openRoom(database, base.region, 1);
    try {
      for (const way of ways) {
        await expect(way(room.ctx)).resolves.toBeTruthy();
        await expect(way(other.ctx)).rejects.toMatchObject({ code: 'RESOURCE.NOT_FOUND' });
      }
    } finally {
      await closeRoom(database, other);
    }
  });

  it('RE-01 loses seconds only when it is killed, and finishes what it had', async () => {
    const kills: number[] = [];
    for (let kill = 0; kill < 2; kill += 1) {
      await sleep(5_000);
      kills.push(Date.now() - room.roomOpenedAtMs);
      await recorder.kill();
      const gone = media.disconnected();
      // What a supervisor does, which waits a second.
      await sleep(1_000);
      recorder.start();
      await gone;
      await media.connect(recorder.address, recorder.token);
      // Until then pieces are in memory alone: a second kill within it would cost what came since the first.
      await recorder.ready();
    }
    await sleep(5_000);
    await media.finish();
    await untilStatus('ready');
    const cameras = (await segments()).filter((segment) => segment.source === 'camera');
    expect(cameras).toHaveLength(3);
    const shown: number[] = [];
    for (const segment of cameras) {
      shown.push(...(await judge(segment, (path) => frameTimes(path).map((time) => time * 1000 + segment.startMs))));
    }
    for (const at of kills) {
      const before = Math.max(...shown.filter((time) => time <= at));
      const after = Math.min(...shown.filter((time) => time > at));
      // The bar is five seconds on a machine of its own (rehearsal); tests share theirs and allow five times as much.
      expect(after - before).toBeLessThan(25_000);
    }
  });
});

async function fetchObject(store: ObjectStore, name: string) {
  const { contentType, metadata } = await store.stat(name);
  return { bytes: await buffer(await store.get(name)), options: { contentType, metadata } };
}

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = copy.length >> 1;
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}
