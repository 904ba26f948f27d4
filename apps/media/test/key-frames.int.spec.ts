import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frames, pause, state, stats, until } from './look.js';
import type { Harness } from './page.js';
import { everything, portOf, prepared, Stage } from './stage.js';

declare const harness: Harness;

describe('key frames', () => {
  const anna = randomUUID();
  const maya = randomUUID();
  const tomas = randomUUID();
  const stage = new Stage({ first: portOf(10) });
  let teacher: Page;
  let students: Page[];

  beforeAll(async () => {
    await stage.start();
    stage.want({ [anna]: everything, [maya]: prepared, [tomas]: prepared });
    teacher = await stage.open(anna);
    await teacher.evaluate(() => harness.room.prepare());
    await teacher.evaluate(() => harness.publish(640, 360));
    students = [await stage.open(maya), await stage.open(tomas)];
    for (const student of students) {
      await student.evaluate(() => harness.room.prepare());
      await until(
        () => state(student),
        (now) => now === 'connected',
        'a prepared seat',
      );
      await until(
        () => student.evaluate(() => harness.remote().filter(({ attached }) => attached).length),
        (tracks) => tracks === 2,
        'the teacher’s tracks',
      );
    }
  });
  afterAll(() => stage.stop());

  const keyFrames = async (): Promise<number> => {
    const camera = (await stats(teacher))?.local.find(({ source }) => source === 'camera');
    return Math.max(...(camera?.encodings.map((encoding) => encoding.keyFrames) ?? [0]));
  };

  it('AV-04 asks the sender’s page for a key frame when a second person comes right after the first', async () => {
    stage.want({ [anna]: everything, [maya]: everything, [tomas]: prepared });
    stage.want({ [anna]: everything, [maya]: everything, [tomas]: everything });
    for (const student of students)
      await until(
        () => frames(student),
        (decoded) => decoded > 0,
        'the teacher’s picture',
      );
    const asked = stage.events.filter(({ event }) => event.type === 'key-frame-wanted');
    expect(asked.map(({ to }) => to)).toEqual([[anna]]);

    // Long after the last one: nothing but the word makes another.
    await pause(1_500);
    const before = await keyFrames();
    await teacher.evaluate((event) => harness.hear(event), asked[0]?.event);
    await until(keyFrames, (now) => now > before, 'one more key frame');
  });

  it('AV-08 sends one as soon as the path is another, for those who missed what the old one took along', async () => {
    await pause(1_500);
    const before = await keyFrames();
    await pause(1_500);
    expect(await keyFrames()).toBe(before);
    await teacher.evaluate(() => harness.restartIce());
    await until(keyFrames, (now) => now > before, 'a key frame on the new path');
  });
});
