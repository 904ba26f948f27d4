import { randomUUID } from 'node:crypto';
import type { ActualRoom, WantedRecording } from '@lyceum/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { framesFlow, pause, until } from './look.js';
import type { Harness } from './page.js';
import { SmallRecorder, type Arrived } from './small-recorder.js';
import { everything, portOf, Stage, workerBin } from './stage.js';

declare const harness: Harness;

describe('a room that is recorded', () => {
  const anna = randomUUID();
  const maya = randomUUID();
  const both = { [anna]: everything, [maya]: everything };
  const recording: WantedRecording = {
    recordingId: randomUUID(),
    tenantId: randomUUID(),
    roomOpenedAtMs: Date.now(),
    paused: false,
  };
  const recorderPort = portOf(2) + 9;
  const stage = new Stage({ first: portOf(2), recorder: `ws://127.0.0.1:${recorderPort}` });
  const recorder = new SmallRecorder(recorderPort, workerBin());
  let actual: ActualRoom | undefined;
  let teacher: Page;
  let student: Page;

  const of = (source: string): Arrived | undefined =>
    [...recorder.arrived.values()].filter(({ opening }) => opening.source === source).at(-1);
  const packets = (source: string) => of(source)?.packets ?? 0;

  beforeAll(async () => {
    await stage.start();
    stage.api.onActual((now) => (actual = now));
    stage.want(both);
    teacher = await stage.open(anna);
    student = await stage.open(maya);
    for (const page of [teacher, student]) await page.evaluate(() => harness.room.prepare());
    await teacher.evaluate(() => harness.publish(640, 360));
    await framesFlow(student, 'live');
  });
  afterAll(async () => {
    await stage.stop();
    recorder.stop();
  });

  it('RE-01 says that nothing is recorded while no recorder answers', async () => {
    stage.want(both, { recording });
    await until(
      () => actual?.recording?.state,
      (now) => now === 'connecting',
      'the report',
    );
  });

  it('RE-01 brings every track and every encoding, with sender reports, once the recorder is there', async () => {
    await recorder.start();
    await until(
      () => of('camera')?.ssrcs.size ?? 0,
      (now) => now === 2,
      'both encodings of the camera',
    );
    await until(
      () => packets('mic'),
      (now) => now > 20,
      'the microphone',
    );
    await until(
      () => Math.min(of('camera')?.senderReports ?? 0, of('mic')?.senderReports ?? 0),
      (now) => now > 0,
      'reports',
    );
    const [open] = recorder.heard('open');
    expect(open).toMatchObject({ roomId: stage.roomId, recordingId: recording.recordingId, epoch: actual?.epoch });
    expect(of('camera')?.opening).toMatchObject({ participantId: anna, kind: 'video', paused: false });
    expect(actual?.recording).toMatchObject({ state: 'recording', tracks: 2 });
  });

  it('RE-01 records no sound of a muted seat, and says so', async () => {
    stage.want({ ...both, [anna]: { ...everything, audio: false } });
    await until(
      () => recorder.heard('track-pause').length,
      (now) => now === 1,
      'the mute',
    );
    await pause(200);
    const before = packets('mic');
    await pause(1000);
    expect(packets('mic')).toBe(before);
    stage.want(both);
    await until(
      () => packets('mic'),
      (now) => now > before,
      'sound again',
    );
    expect(recorder.heard('track-resume')).toHaveLength(1);
  });

  it('RE-01 sends nothing while the recording is paused', async () => {
    stage.want(both, { recording: { ...recording, paused: true } });
    await until(
      () => recorder.heard('track-close').length,
      (now) => now === 2,
      'both tracks closed',
    );
    await pause(200);
    const before = packets('camera');
    await pause(700);
    expect(packets('camera')).toBe(before);
    expect(actual?.recording?.state).toBe('paused');
    stage.want(both, { recording });
    await until(
      () => recorder.heard('track-open').length,
      (now) => now === 4,
      'both tracks opened again',
    );
    await until(
      () => packets('camera'),
      (now) => now > 20,
      'pictures again',
    );
  });

  it('RE-02 finds a recorder that was killed, and the class does not notice', async () => {
    recorder.stop();
    await until(
      () => actual?.recording?.state,
      (now) => now === 'connecting',
      'the loss is reported',
    );
    await framesFlow(student, 'without a recorder');
    await recorder.start();
    await until(
      () => packets('camera'),
      (now) => now > 20,
      'pictures at the new recorder',
    );
  });

  it('RE-02 opens a new pipe with the clock of the new worker', async () => {
    await until(
      () => packets('camera'),
      (now) => now > 20,
      'pictures',
    );
    const before = recorder.heard('open').at(-1)?.epoch;
    stage.killWorkers(recorder.workerPid);
    await until(
      () => recorder.heard('open').at(-1)?.epoch,
      (now) => now !== before,
      'another epoch',
    );
    recorder.arrived.clear();
    expect(recorder.heard('close')).toHaveLength(0);
    await until(
      () => packets('camera'),
      (now) => now > 20,
      'pictures through it',
    );
  });

  it('RE-01 ends the recording when it is no longer wanted', async () => {
    stage.want(both, { recording: null });
    await until(
      () => recorder.heard('close').length,
      (now) => now > 0,
      'the end',
    );
    expect(recorder.heard('close').at(-1)?.recordingId).toBe(recording.recordingId);
  });
});
