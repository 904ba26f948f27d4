import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { framesFlow, hearing, local, log, remote, state, until } from './look.js';
import type { Harness } from './page.js';
import { everything, portOf, Stage } from './stage.js';

declare const harness: Harness;

describe('media that is away for a moment', () => {
  const anna = randomUUID();
  const maya = randomUUID();
  const stage = new Stage({ first: portOf(9) });
  let teacher: Page;
  let student: Page;

  beforeAll(async () => {
    await stage.start();
    stage.want({ [anna]: everything, [maya]: everything });
    teacher = await stage.open(anna);
    student = await stage.open(maya);
    for (const page of [teacher, student]) await page.evaluate(() => harness.room.prepare());
    await until(
      () => state(student),
      (now) => now === 'connected',
      'transports',
    );
  });
  afterAll(() => stage.stop());

  it('AV-07 publishes by itself what was refused, on the same connection', async () => {
    stage.refuse('produce', 3);
    const refused = await teacher.evaluate(() => harness.publish(320, 180).then(() => '', String));
    expect(refused).toContain('MEDIA.UNAVAILABLE');
    const both = (tracks: Awaited<ReturnType<typeof local>>) =>
      tracks.length === 2 && tracks.every(({ published, held }) => published && !held);
    await until(() => local(teacher), both, 'both tracks are published');
    await framesFlow(student, 'the student sees the teacher');
    await until(
      () => hearing(student),
      ({ heard }) => (heard[anna] ?? 0) > 0,
      'the student hears the teacher',
    );
    expect((await log(teacher)).filter((line) => line === 'preparing')).toHaveLength(1);
  });

  it('AV-07 receives by itself what it was refused', async () => {
    stage.refuse('consume', 2);
    await student.evaluate(() => harness.publish(320, 180));
    await until(
      () => remote(teacher),
      (tracks) => tracks.length === 2 && tracks.every(({ attached }) => attached),
      'both tracks have come',
    );
    await framesFlow(teacher, 'the teacher sees the student');
    expect((await log(teacher)).filter((line) => line === 'preparing')).toHaveLength(1);
  });
});
