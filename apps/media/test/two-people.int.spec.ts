import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Harness } from './page.js';
import { everything, prepared, Stage } from './stage.js';

declare const harness: Harness;

const workerBin = process.env['MEDIASOUP_WORKER_BIN'] ?? '';
/** Five times the bar: other tests share the machine. */
const PATIENCE_MS = 15_000;

async function until<T>(look: () => Promise<T> | T, fits: (value: T) => boolean, what: string): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  let value = await look();
  while (!fits(value)) {
    if (Date.now() > end) throw new Error(`${what}: still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    value = await look();
  }
  return value;
}

const state = (page: Page) => page.evaluate(() => harness.room.state);
const remote = (page: Page) => page.evaluate(() => harness.remote());
const stats = (page: Page) => page.evaluate(() => harness.room.stats());
const frames = async (page: Page) =>
  (await stats(page))?.remote.find(({ source }) => source === 'camera')?.framesDecoded ?? 0;
const hearing = (page: Page) => page.evaluate(() => harness.hearing());

describe.runIf(workerBin)('two people in a room', () => {
  const anna = randomUUID();
  const maya = randomUUID();
  const stage = new Stage({ first: Number(process.env['LYCEUM_TEST_PORT'] ?? 9340) }, workerBin);
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
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await frames(student)).toBe(0);
    expect(await hearing(student)).toMatchObject({ levels: {}, speaker: null });
  });

  it('AV-03 turns picture and sound on at the click', async () => {
    const before = await student.evaluate(() => harness.now());
    stage.want({ [anna]: everything, [maya]: everything });
    const at = await until(
      () => student.evaluate((id) => harness.firstFrames[id] ?? 0, anna),
      (now) => now > 0,
      'the first frame',
    );
    expect(at - before).toBeLessThan(5_000);
    process.stdout.write(`first frame after ${Math.round(at - before)} ms\n`);
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
  });
});
