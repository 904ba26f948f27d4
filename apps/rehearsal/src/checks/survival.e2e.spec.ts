import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endClass, replayOf } from '../lessons/class-session.js';
import { pause } from '../lessons/stage.js';
import { backOnSocketMs, seenTimes } from '../lessons/witnesses.js';
import { gapWithin } from '../measure/gaps.js';
import { within } from '../measure/offset.js';
import { recordedSamples } from '../measure/replay.js';
import { allHealthy, killComponent } from '../processes.js';
import type { Person } from '../robot/person.js';
import { originalSecret } from './appliance-under-test.js';
import { ownInstitution, type Place } from './own-institution.js';
import { smallClass, type SmallClass } from './small-class.js';

const KILLS = 5;
/** The bars are five seconds on a machine of its own (rehearsal); tests share theirs and allow five times as much. */
const WITHIN_MS = 25_000;
/** Between a recovery and the next death, so that no loss hides in the one before it. */
const SETTLED_MS = 12_000;
/** Five times what the rehearsal allows: browsers on a small machine stumble by themselves. */
const UNNOTICED_MS = 5_000;

/** A death, and the time (epoch ms) up to which its consequences are looked at: shortly before the next one. */
interface Death {
  readonly at: number;
  readonly until: number;
}

/** kill -9 at a random moment; then `work`, until everything is healthy and has been for a while. */
async function die(name: string, work: () => Promise<void> = () => Promise.resolve()): Promise<Death> {
  await pause(Math.random() * 2000);
  const at = await killComponent(name);
  await work();
  await allHealthy(60_000);
  await pause(SETTLED_MS);
  return { at, until: Date.now() };
}

/** Longest time (ms) that anyone's picture stood still for the other since `from`. */
async function longestStandstill(people: readonly Person[], from: number): Promise<number> {
  const [seen, now] = [await seenTimes(people, from - 2000), Date.now()];
  return Math.max(...seen.map(({ times }) => gapWithin(times, from, now)));
}

/** Makes Redis forget everything of everyone, as its operator, who alone may. @returns Redis's answer. */
async function flushRedis(port: number | undefined): Promise<string> {
  const { stdout } = await promisify(execFile)('redis-cli', ['-p', String(port), '--user', 'operator', 'flushall'], {
    // Not an argument: those are for everyone on the machine to read.
    env: { ...process.env, REDISCLI_AUTH: originalSecret('redis-operator') },
  });
  return stdout.trim();
}

describe('RE-01 AV-08 a class goes on while processes die', () => {
  let place: Place;
  let lesson: SmallClass;
  const said: string[] = [];
  const recorderDeaths: Death[] = [];

  beforeAll(async () => {
    place = await ownInstitution('survival');
    lesson = await smallClass(place, 'Survival');
    await lesson.student.openPanel('Chat');
    await pause(3000);
  });
  afterAll(() => lesson?.end());

  /** Sends a message and notes it once its sender sees it acknowledged. */
  const say = async (person: Person, text: string) => {
    await person.sayForGood(text);
    said.push(text);
  };

  it('AV-08 either api dies five times: media never stops and sockets come back', async () => {
    const { teacher, student } = lesson;
    const people = [teacher, student];
    const from = Date.now();
    const deaths: Death[] = [];
    for (let n = 0; n < KILLS; n++) {
      const talk = async () => {
        await say(student, `student after kill ${n}`);
        await say(teacher, `teacher after kill ${n}`);
      };
      deaths.push(await die(n % 2 ? 'api-1' : 'api-2', talk));
    }
    expect(await longestStandstill(people, from)).toBeLessThan(UNNOTICED_MS);
    const lines = await Promise.all(people.map((person) => person.line()));
    const back = lines.flatMap((line) => deaths.map((death) => backOnSocketMs(line, death)));
    expect(Math.max(...back), 'ms until everyone was on the socket again').toBeLessThan(WITHIN_MS);
    // Both apis died, so somebody's socket did: nothing but zeros would mean that this does not look.
    expect(Math.max(...back)).toBeGreaterThan(0);
  });

  it('RE-01 the recorder dies five times: the class does not notice', async () => {
    const { teacher, student } = lesson;
    const from = Date.now();
    for (let n = 0; n < KILLS; n++) recorderDeaths.push(await die('recorder'));
    expect(await longestStandstill([teacher, student], from)).toBeLessThan(UNNOTICED_MS);
  });

  it('CO-04 OP-01 Redis is flushed between two messages, and both arrive', async () => {
    const { teacher, student } = lesson;
    await say(student, 'before the flush');
    expect(await flushRedis(place.appliance.ports['redis']?.['redis'])).toBe('OK');
    await say(teacher, 'after the flush');
    for (const text of ['before the flush', 'after the flush'])
      for (const person of [teacher, student]) await person.sees(text);
  });

  it('CO-04 RE-01 nothing acknowledged is missing or doubled in the replay, and each death costs seconds at most', async () => {
    const { teacher, student, sessionId } = lesson;
    await endClass(teacher);
    const replay = await replayOf(student, sessionId);
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
    const times = frames.map(({ at }) => at).sort((a, b) => a - b);
    for (const { at, until } of recorderDeaths) {
      expect(within(frames, at, until).length, 'pictures recorded before the next death').toBeGreaterThan(0);
      expect(gapWithin(times, at, until), 'ms of video lost around a kill').toBeLessThan(WITHIN_MS);
    }
  });
});
