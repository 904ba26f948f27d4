import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bottleneck } from './bottleneck.js';
import { frames, framesFlow, local, pause, remote, until } from './look.js';
import type { Harness } from './page.js';
import { everything, portOf, Stage } from './stage.js';

declare const harness: Harness;

const ladder = (page: Page) => page.evaluate(() => harness.room.snapshot().ladder);
const sound = (page: Page) => page.evaluate(() => harness.sound());
const camera = async (page: Page) => (await remote(page)).find(({ source }) => source === 'camera');

describe('a student behind a narrow path', () => {
  const anna = randomUUID();
  const maya = randomUUID();
  const teaching = { ...everything, priority: 'teacher' as const };
  const stage = new Stage({ first: portOf(6) });
  const path = new Bottleneck();
  let teacher: Page;
  let student: Page;

  beforeAll(async () => {
    await stage.start();
    stage.want({ [anna]: teaching, [maya]: everything });
    teacher = await stage.open(anna);
    await teacher.evaluate(() => harness.room.prepare());
    await teacher.evaluate(() => harness.publish(640, 360));
    student = await stage.open(maya, { path });
    await student.evaluate(() => harness.room.prepare());
    await student.evaluate(() => harness.publish(640, 360));
    await framesFlow(student, 'the teacher is seen');
    await framesFlow(teacher, 'the student is seen');
  });
  afterAll(async () => {
    await stage.stop();
    path.close();
  });

  it('AV-07 says who teaches', async () => {
    expect(await camera(student)).toMatchObject({ priority: 'teacher', resting: false });
    expect(await camera(teacher)).toMatchObject({ priority: null });
  });

  it('AV-07 says when somebody begins to interpret, and ends', async () => {
    const priorityBecomes = (priority: 'interpreter' | null) =>
      until(
        () => camera(teacher),
        (track) => track?.priority === priority,
        'the priority changes',
      );
    stage.want({ [anna]: teaching, [maya]: { ...everything, priority: 'interpreter' } });
    await priorityBecomes('interpreter');
    stage.want({ [anna]: teaching, [maya]: everything });
    await priorityBecomes(null);
  });

  it('AV-07 keeps speech whole at 100 kbit/s, and says why pictures stand still', async () => {
    expect(await ladder(student)).toBeNull();
    path.down.kbitPerSecond = 100;
    path.up.kbitPerSecond = 100;
    const now = await until(
      () => ladder(student),
      (view) => view?.rung === 'sound',
      'the ladder goes down',
    );
    expect(now).toEqual({ rung: 'sound', reason: 'network' });
    expect(await camera(student)).toMatchObject({ resting: true });

    await until(
      () => local(student),
      (tracks) => tracks.some(({ source, resting }) => source === 'camera' && resting),
      'the own camera rests',
    );
    await until(
      () => camera(teacher),
      (track) => track?.paused === true,
      'and is shown as paused',
    );
    expect(await ladder(teacher)).toBeNull();

    // What stood before the bottleneck is through. The ladder tries to climb meanwhile, which costs a moment of speech.
    await pause(2_000);
    const before = { student: await sound(student), teacher: await sound(teacher) };
    const seen: number[] = [];
    for (let second = 0; second < 20; second += 1) {
      await pause(1_000);
      seen.unshift(await frames(student));
      // Also while it tries to climb: as long as nothing comes, it goes on to say why.
      if (seen[0] === seen[8]) expect((await ladder(student))?.reason).toBe('network');
    }
    const after = { student: await sound(student), teacher: await sound(teacher) };
    for (const person of ['student', 'teacher'] as const) {
      const samples = after[person].samples - before[person].samples;
      expect(samples).toBeGreaterThan(0);
      expect((after[person].concealed - before[person].concealed) / samples).toBeLessThan(0.1);
    }
  });

  it('AV-07 climbs back by itself when the path is clear', async () => {
    path.down.kbitPerSecond = Infinity;
    path.up.kbitPerSecond = Infinity;
    const before = await frames(student);
    // A busy machine may take a first way up back: only pictures that move on the top rung show that it is there to stay.
    await until(
      async () => ({
        ladder: await ladder(student),
        resting: (await camera(student))?.resting,
        seen: (await frames(student)) - before,
      }),
      (now) => now.ladder === null && now.resting === false && now.seen > 50,
      'the teacher is seen again',
      140_000,
    );
    await until(
      () => local(student),
      (tracks) => tracks.every(({ resting }) => !resting),
      'the own camera is back',
      70_000,
    );
    const seen = await frames(teacher);
    await until(
      () => frames(teacher),
      (count) => count > seen + 5,
      'the student is seen again',
    );
  }, 240_000);
});
