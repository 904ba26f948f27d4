import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Replay } from '@lyceum/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedSamples } from '../measure/replay.js';
import { within } from '../measure/offset.js';
import type { Person } from '../robot/person.js';
import { applianceUnderTest, originalSecret } from './appliance-under-test.js';
import { killComponent } from '../processes.js';
import { smallClass, type SmallClass } from './small-class.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const KILLS = 5;

/** Makes Redis forget everything of everyone, as its operator, who alone may. @returns Redis's answer. */
async function flushRedis(port: number | undefined): Promise<string> {
  const { stdout } = await promisify(execFile)('redis-cli', ['-p', String(port), '--user', 'operator', 'flushall'], {
    // Not an argument: those are for everyone on the machine to read.
    env: { ...process.env, REDISCLI_AUTH: originalSecret('redis-operator') },
  });
  return stdout.trim();
}

/** Times at which `viewer` saw frames of robot `index`'s camera. */
const framesOf = async (viewer: Person, index: number): Promise<number[]> =>
  (await viewer.read()).videos
    .filter(({ source }) => source === 'camera')
    // A speaker moves between stage and filmstrip, so that one person's frames come from several elements.
    .flatMap(({ samples }) => samples.filter(({ person }) => person === index).map(({ at }) => at))
    .sort((a, b) => a - b);

const longestGap = (times: readonly number[]): number =>
  Math.max(0, ...times.slice(1).map((at, i) => at - (times[i] ?? at)));

describe('RE-01 AV-08 a class goes on while processes die', () => {
  const appliance = applianceUnderTest();
  let lesson: SmallClass;
  const said: string[] = [];
  const recorderKills: number[] = [];

  beforeAll(async () => {
    lesson = await smallClass(appliance, 'Survival');
    await lesson.student.openPanel('Chat');
    await pause(3000);
  });
  afterAll(() => lesson?.end());

  /** Sends a message and notes it once its sender sees it acknowledged. */
  const say = async (person: Person, text: string) => {
    await person.say(text);
    await person.page.getByText(text, { exact: true }).waitFor({ timeout: 30_000 });
    said.push(text);
  };

  it('AV-08 either api dies five times: media never stops and sockets come back', async () => {
    const { teacher, student } = lesson;
    const from = Date.now();
    for (let n = 0; n < KILLS; n++) {
      await killComponent(n % 2 ? 'api-1' : 'api-2');
      await pause(500 + Math.random() * 1500);
      await say(student, `student after kill ${n}`);
      await say(teacher, `teacher after kill ${n}`);
    }
    for (const [viewer, other] of [
      [teacher, 1],
      [student, 0],
    ] as const) {
      const times = (await framesOf(viewer, other)).filter((at) => at >= from);
      expect(times.length).toBeGreaterThan(20);
      // Pictures are looked at five times a second; an interruption of media would last until ICE or a person noticed.
      expect(longestGap(times)).toBeLessThan(5000);
    }
  });

  it('RE-01 the recorder dies five times: the class does not notice', async () => {
    const { student } = lesson;
    const from = Date.now();
    for (let n = 0; n < KILLS; n++) {
      recorderKills.push(Date.now());
      await killComponent('recorder');
      await pause(8000);
    }
    const times = (await framesOf(student, 0)).filter((at) => at >= from);
    expect(longestGap(times)).toBeLessThan(5000);
  });

  it('CO-04 OP-01 Redis is flushed between two messages, and both arrive', async () => {
    const { teacher, student } = lesson;
    await say(student, 'before the flush');
    expect(await flushRedis(appliance.ports['redis']?.['redis'])).toBe('OK');
    await say(teacher, 'after the flush');
    for (const text of ['before the flush', 'after the flush'])
      for (const { page } of [teacher, student]) await page.getByText(text, { exact: true }).waitFor();
  });

  it('CO-04 RE-01 nothing acknowledged is missing or doubled in the replay, and each death costs seconds at most', async () => {
    const { teacher, student, sessionId } = lesson;
    await teacher.press('Leave');
    await teacher.press('End class for everyone');
    await expect
      .poll(async () => (await student.api<Replay>('GET', `sessions/${sessionId}/replay`)).status, { timeout: 60_000 })
      .toBe('ready');
    const replay = await student.api<Replay>('GET', `sessions/${sessionId}/replay`);
    const texts = Object.values(replay.references.texts);
    for (const text of said)
      expect(
        texts.filter((t) => t === text),
        text,
      ).toHaveLength(1);
    const numbers = replay.events.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);

    const teacherName = teacher.credentials.name;
    const { frames } = await recordedSamples(student, replay, (id) =>
      replay.references.people[id]?.name === teacherName ? 0 : undefined,
    );
    for (const killedAt of recorderKills) {
      const times = within(frames, killedAt - 10_000, killedAt + 15_000)
        .map(({ at }) => at)
        .sort((a, b) => a - b);
      const before = times.findLast((at) => at <= killedAt);
      const after = times.find((at) => at > killedAt);
      expect((after ?? Infinity) - (before ?? -Infinity), 'ms of video lost around a kill').toBeLessThan(5000 * 5);
      expect(longestGap(times)).toBeLessThan(5000 * 5);
    }
  });
});
