import { randomUUID } from 'node:crypto';
import type { Prepared } from '@lyceum/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frames, framesFlow, hearing, local, log, pause, received, remote, state, stats, until } from './look.js';
import type { Harness } from './page.js';
import { everything, portOf, prepared, Stage } from './stage.js';

declare const harness: Harness;

describe('two people in a room', () => {
  const anna = randomUUID();
  const maya = randomUUID();
  const both = { [anna]: everything, [maya]: everything };
  const stage = new Stage({ first: portOf(0) });
  let teacher: Page;
  let student: Page;

  beforeAll(async () => {
    await stage.start();
    stage.want({ [anna]: everything, [maya]: prepared });
    teacher = await stage.open(anna);
    await teacher.evaluate(() => harness.room.prepare());
    await teacher.evaluate(() => harness.publish(640, 360));
    student = await stage.open(maya);
    await student.evaluate(() => harness.room.prepare());
  });
  afterAll(() => stage.stop());

  it('AV-01 connects both transports in the device check, before anything flows', async () => {
    await until(
      () => state(student),
      (now) => now === 'connected',
      'transports of a prepared seat',
    );
    const tracks = await until(
      () => remote(student),
      (now) => now.filter(({ attached }) => attached).length === 2,
      'tracks',
    );
    expect(tracks.map(({ source }) => source).sort()).toEqual(['camera', 'mic']);
    await pause(1000);
    expect(await frames(student)).toBe(0);
    expect(await hearing(student)).toMatchObject({ levels: {}, speaker: null });
  });

  it('AV-03 turns picture and sound on at the click', async () => {
    const before = await student.evaluate(() => harness.now());
    stage.want(both);
    const firstFrame = () => student.evaluate((id) => harness.firstFrames[id] ?? 0, anna);
    const at = await until(firstFrame, (now) => now > 0, 'the first frame');
    expect(at - before).toBeLessThan(5_000);
    await until(
      () => hearing(student),
      ({ heard }) => (heard[anna] ?? 0) > 0,
      'the teacher is heard',
    );
    await until(
      () => hearing(student),
      ({ speaker }) => speaker === anna,
      'the teacher is the speaker',
    );
    const start = await frames(student);
    await pause(3000);
    // A camera of 20 fps; most of the machine may be busy elsewhere.
    expect((await frames(student)) - start).toBeGreaterThan(9);
  });

  it('CF-02 forwards nothing of a muted seat, whatever its browser sends', async () => {
    stage.want({ ...both, [anna]: { ...everything, audio: false } });
    const mic = () => remote(student).then((tracks) => tracks.find(({ source }) => source === 'mic'));
    await until(mic, (track) => track?.paused === true, 'the others see the mute');
    await until(
      () => local(teacher),
      (tracks) => tracks.some(({ source, held }) => source === 'mic' && held),
      'held',
    );
    await pause(300);
    const bytes = async () => (await received(student, 'mic'))?.bytesReceived;
    const before = await bytes();
    await pause(1500);
    expect(await bytes()).toBe(before);
    expect(
      (await stats(teacher))?.local.find(({ source }) => source === 'mic')?.encodings[0]?.bytesSent,
    ).toBeGreaterThan(0);

    stage.want(both);
    await until(bytes, (now) => (now ?? 0) > (before ?? 0), 'sound comes back');
    expect((await mic())?.paused).toBe(false);
  });

  it('AV-05 knows what the server holds back, however answers and events cross', async () => {
    for (const delayMs of [0, 5, 10, 20, 40, 80]) {
      stage.want({ ...both, [maya]: prepared });
      await student.evaluate(() => Promise.all([harness.room.unpublish('mic'), harness.room.unpublish('camera')]));
      const publishing = student.evaluate(() => harness.publish(320, 180));
      await pause(delayMs);
      stage.want(both);
      await publishing;
      await until(
        () => local(student),
        (tracks) => tracks.length === 2 && tracks.every(({ published, held }) => published && !held),
        `held after ${delayMs} ms`,
      );
    }
    await until(
      () => remote(teacher),
      (tracks) => tracks.length === 2 && tracks.every(({ paused }) => !paused),
      'the student runs',
    );
    await student.evaluate(() => Promise.all([harness.room.unpublish('mic'), harness.room.unpublish('camera')]));
  });

  it('AV-05 mutes on both sides', async () => {
    await teacher.evaluate(() => harness.room.setMuted('mic', true));
    const mic = () => remote(student).then((tracks) => tracks.find(({ source }) => source === 'mic'));
    await until(mic, (track) => track?.paused === true, 'the others see the mute');
    expect(await local(teacher)).toContainEqual({
      source: 'mic',
      muted: true,
      published: true,
      held: false,
      resting: false,
    });
    await teacher.evaluate(() => harness.room.setMuted('mic', false));
    await until(mic, (track) => track?.paused === false, 'unmuted');
  });

  it('AV-04 switches layers off that nobody watches, and on again', async () => {
    const camera = async () => (await stats(teacher))?.local.find(({ source }) => source === 'camera')?.encodings;
    const resize = (height: number) =>
      student.evaluate((lines) => {
        const track = [...harness.room.tracks.values()].find(({ source }) => source === 'camera');
        return track && harness.room.resize(track.trackId, { height: lines });
      }, height);
    await resize(500);
    await until(
      () => received(student, 'camera'),
      (track) => track?.height === 360,
      'the large picture',
    );
    await resize(100);
    await until(
      () => received(student, 'camera'),
      (track) => track?.height === 180,
      'the small picture',
    );
    await until(camera, (now) => now?.filter(({ active }) => active).length === 1, 'the large layer rests');
    await resize(500);
    await until(
      () => received(student, 'camera'),
      (track) => track?.height === 360,
      'the large picture again',
    );
  });

  it('AV-06 carries a shared screen beside the camera', async () => {
    await teacher.evaluate(() => harness.shareCanvas());
    await until(
      async () => (await received(student, 'screen'))?.framesDecoded ?? 0,
      (now) => now > 2,
      'the screen',
    );
    await teacher.evaluate(() => harness.room.unpublish('screen'));
    await until(
      () => remote(student),
      (tracks) => tracks.every(({ source }) => source !== 'screen'),
      'the screen is gone',
    );
    await framesFlow(student, 'the camera goes on');
  });

  it('AV-03 relays ephemera with the name of who sent them', async () => {
    const say = () => teacher.evaluate(() => harness.room.say({ kind: 'cursor', data: { x: 0.5, y: 0.25 } }));
    const seen = await until(
      async () => (await say(), (await hearing(student)).ephemeral),
      (message) => message !== null,
      'a pointer',
    );
    expect(seen).toEqual({ t: 'ephemeral', from: anna, kind: 'cursor', data: { x: 0.5, y: 0.25 } });
  });

  it('AV-03 goes on while the api is away, and takes no old wish of a new one', async () => {
    stage.api.stop();
    await framesFlow(student, 'without any api');
    const late = stage.connectApi();
    const outdated = { roomId: stage.roomId, version: 1, ended: false, seats: {}, recording: null };
    late.want({ wanted: outdated, home: 'media-1', seats: {} });
    await until(() => late.isReady, Boolean, 'a new api');
    await pause(500);
    await framesFlow(student, 'after an outdated wish');
    late.stop();
    stage.api = stage.connectApi();
    stage.want(both);
    await until(() => stage.api.isReady, Boolean, 'an api');
    await framesFlow(student, 'with a new api');
  });

  it('AV-03 has nothing done by a node that calls itself otherwise', async () => {
    const other = stage.connectApi('media-9');
    const wanted = { roomId: randomUUID(), version: 1, ended: false, seats: both, recording: null };
    other.want({ wanted, home: 'media-9', seats: { [anna]: 'media-9' } });
    await pause(1_000);
    expect(other.isReady).toBe(false);
    await expect(other.negotiate(wanted.roomId, anna, { op: 'prepare' })).rejects.toMatchObject({
      code: 'MEDIA.UNAVAILABLE',
    });
    other.stop();
  });

  it('AV-03 begins anew when the worker dies', async () => {
    stage.killWorkers();
    await until(
      () => log(student),
      (lines) => lines.filter((line) => line === 'preparing').length > 1,
      'a reset',
    );
    await until(
      () => remote(student),
      (tracks) => tracks.length === 2,
      'the teacher has published again',
    );
    await framesFlow(student, 'after the death of the worker');
  });

  it('AV-03 begins anew when the whole node is restarted', async () => {
    stage.stopNode();
    await stage.startNode();
    await until(() => stage.api.isReady, Boolean, 'the api finds the node');
    await until(
      () => remote(student),
      (tracks) => tracks.length === 2,
      'the teacher has published again',
    );
    await framesFlow(student, 'after the restart');
  });

  it('AV-09 lets a second page of the same person take the seat', async () => {
    const second = await stage.open(maya);
    await second.evaluate(() => harness.room.prepare());
    await framesFlow(second, 'the second page');
    expect(
      await until(
        () => log(student),
        (lines) => lines.includes('closed replaced'),
        'the first page',
      ),
    ).toBeTruthy();
    student = second;
  });

  it('CF-02 takes everything from someone who was removed, and gives it back when they are let in again', async () => {
    await student.evaluate(() => harness.publish(320, 180));
    await framesFlow(teacher, 'the student is seen');
    stage.want({ [anna]: everything });
    await until(
      () => remote(teacher),
      (tracks) => tracks.length === 0,
      'the student is gone',
    );
    await until(
      () => state(student),
      (now) => now === 'connected',
      'the page of the student waits',
    );
    expect(await remote(student)).toEqual([]);
    expect((await local(student)).every(({ published }) => !published)).toBe(true);
    expect((await local(teacher)).every(({ published }) => published)).toBe(true);
    stage.want(both);
    await framesFlow(student, 'let in again');
    await framesFlow(teacher, 'seen again');
  });

  it('CF-10 lets people in the lobby connect, but neither see nor send', async () => {
    const waiting = randomUUID();
    const ask = (payload: unknown) => stage.api.negotiate(stage.roomId, waiting, payload);
    const { seat, admitted, tracks } = (await ask({ op: 'prepare' })) as Prepared;
    expect({ admitted, tracks }).toEqual({ admitted: false, tracks: [] });
    expect(await ask({ op: 'sync', seat })).toMatchObject({ admitted: false, tracks: [] });
    await expect(ask({ op: 'consume', seat, trackIds: [randomUUID()] })).rejects.toMatchObject({
      code: 'MEDIA.NOT_ALLOWED',
    });
    await expect(ask({ op: 'sync', seat: randomUUID() })).rejects.toMatchObject({ code: 'MEDIA.SEAT_GONE' });
    await expect(ask({ op: 'nonsense' })).rejects.toMatchObject({ code: 'MEDIA.BAD_REQUEST' });
  });

  it('AV-03 ends everything with the class', async () => {
    stage.want({}, { ended: true });
    await until(
      () => log(teacher),
      (lines) => lines.some((line) => line.startsWith('closed')),
      'the end',
    );
    const again = stage.api.negotiate(stage.roomId, anna, { op: 'prepare' });
    await expect(again).rejects.toMatchObject({ code: 'MEDIA.SEAT_GONE' });
  });
});
