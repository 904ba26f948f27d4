import type { Appliance } from '../appliance.js';
import { captureFiles } from '../fixtures/capture-files.js';
import { chatDelays } from '../measure/chat.js';
import { coldJoinMs, warmJoinMs } from '../measure/joins.js';
import { soundAfterPicture, within } from '../measure/offset.js';
import { recordedSamples } from '../measure/replay.js';
import { median, quantile, wrap } from '../measure/statistics.js';
import { PULSE_EVERY_MS } from '../fixtures/pattern.js';
import { ReportBuilder, type Report } from '../report.js';
import { Person } from '../robot/person.js';
import type { ProbeReadings } from '../robot/probe.js';
import { planClass } from './class-session.js';
import { watchReplay } from './watch-replay.js';

export interface LessonOptions {
  readonly appliance: Appliance;
  readonly captureDir: string;
  readonly tenant: string;
  /** Repeated joins of the last student; at least ten make a median worth printing. */
  readonly warmJoins: number;
  readonly coldJoins: number;
  /** Bounds are multiplied by this: 1 in a rehearsal, more in a test on a noisy machine. */
  readonly patience: number;
  /** Command that browsers run in, such as a network namespace's. */
  readonly wrapper?: string;
  readonly say: (line: string) => void;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Cast {
  readonly teacher: Person;
  readonly students: readonly [Person, Person];
  readonly absent: Person;
}

/** A stretch of the lesson at whose receivers' and replay's sound offset are compared; epoch ms. */
interface Stretch {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

async function gather(options: LessonOptions): Promise<Cast> {
  const arrive = async (username: string, index: number) =>
    Person.arrive(options.appliance, options.appliance.person(options.tenant, username), index, {
      capture: await captureFiles(options.captureDir, index),
      ...(options.wrapper ? { wrapper: options.wrapper } : {}),
    });
  const teacher = await arrive('anna', 0);
  const students: [Person, Person] = [await arrive('maya', 1), await arrive('tomas', 2)];
  return { teacher, students, absent: await arrive('jun', 3) };
}

/** One teacher and two students hold a class; a third watches the replay. Measures what they saw, heard and waited for. */
export async function firstClass(options: LessonOptions): Promise<Report> {
  const report = new ReportBuilder('first-class');
  const cast = await gather(options);
  const everyone = [cast.teacher, ...cast.students, cast.absent];
  try {
    await teach(cast, options, report);
  } catch (error) {
    report.expect(false, `the lesson stopped: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await Promise.all(everyone.map((person) => person.leave()));
  }
  return report.build();
}

async function teach(cast: Cast, options: LessonOptions, report: ReportBuilder): Promise<void> {
  const { teacher, students } = cast;
  const [maya, tomas] = students;
  const { say, patience } = options;
  const session = await planClass(teacher, `Rehearsal ${new Date().toISOString().slice(0, 19)}`);

  say('the class starts');
  await teacher.openRoom(session.id);
  await teacher.join();
  const warm: number[] = [];
  for (const student of students) {
    await student.openRoom(session.id);
    await student.join();
    await pause(2500);
    warm.push(warmJoinMs(await student.read()));
  }
  const stretches: Stretch[] = [];
  const stretch = async (label: string, ms: number) => {
    const from = Date.now();
    await pause(ms);
    stretches.push({ label, from, to: Date.now() });
  };
  await stretch('at the start', 8000);

  say('chat and hands');
  const texts: string[] = [];
  await Promise.all([teacher.openPanel('Chat'), tomas.openPanel('Chat')]);
  for (let n = 1; n <= 10; n++) {
    const text = `Question ${n} of ${session.id.slice(0, 8)}`;
    await maya.say(text);
    texts.push(text);
    await pause(300);
  }
  await pause(1000);
  const delays = chatDelays(texts, await maya.read(), [await teacher.read(), await tomas.read()]);
  report.metric(
    'chat_ms_p95',
    quantile(
      delays.map((ms) => (Number.isNaN(ms) ? Infinity : ms)),
      0.95,
    ),
  );
  await tomas.press('Raise hand');
  await tomas.page.getByRole('button', { name: 'Lower hand' }).first().waitFor();
  await maya.press('Raise hand');
  await teacher.openPanel('People');
  const hands = teacher.page.getByRole('list', { name: 'Hands' }).getByRole('listitem');
  await hands.nth(1).waitFor();
  const queue = await hands.allTextContents();
  report.expect(
    (queue[0] ?? '').includes(tomas.credentials.name) && (queue[1] ?? '').includes(maya.credentials.name),
    `hands are in the order ${queue.join(' | ')}`,
  );

  say('mute, unmute');
  await maya.press('Mute');
  await pause(3000);
  await maya.press('Unmute');
  await pause(1500);
  await stretch('after a mute', 8000);

  say('screen share');
  await teacher.share();
  await pause(2500);
  await stretch('after a layer switch', 8000);
  for (const student of students) {
    const screen = (await student.read()).videos.find((video) => video.source === 'screen');
    report.expect(
      (screen?.frames ?? 0) > 10,
      `${student.credentials.name} saw ${screen?.frames ?? 0} frames of the screen`,
    );
  }
  const readings = new Map<Person, ProbeReadings>();
  for (const person of [teacher, ...students]) readings.set(person, await person.read());
  judgeSeenAndHeard([teacher, ...students], readings, report);

  say('joins');
  const cold: number[] = [];
  // Someone who comes back within their seat is let straight in; only after leaving is there a check and a Join to click.
  while (warm.length < options.warmJoins) {
    await tomas.press('Leave');
    await tomas.openRoom(session.id);
    await tomas.join();
    await pause(2000);
    warm.push(warmJoinMs(await tomas.read()));
  }
  while (cold.length < options.coldJoins) {
    await tomas.press('Leave');
    await tomas.openRoomAtOnce(session.id);
    await pause(2500);
    cold.push(coldJoinMs(await tomas.read()));
  }
  report.expect(![...warm, ...cold].some(Number.isNaN), 'someone joined and saw nobody');
  report.metric('join_warm_ms_p50', median(warm));
  report.metric('join_cold_ms_p50', median(cold));
  await stretch('at the end', 8000);
  for (const person of [teacher, maya]) readings.set(person, await person.read());

  say('the class ends');
  await teacher.press('Leave');
  await teacher.press('End class for everyone');
  const endedAt = Date.now();
  const replay = await watchReplay(cast.absent, session.id, endedAt, report);

  const offsets = await offsetsAgainstLive(cast, replay, stretches, readings);
  for (const { label, ms } of offsets) say(`sound against picture, replay minus live, ${label}: ${Math.round(ms)} ms`);
  report.expect(!offsets.some(({ ms }) => Number.isNaN(ms)), 'a stretch of the replay lacks sound or picture');
  report.metric('av_offset_ms_max', Math.max(...offsets.map(({ ms }) => Math.abs(ms))));
  const replayed = Object.values(replay.references.texts);
  report.expect(
    texts.every((text) => replayed.filter((t) => t === text).length === 1),
    'the replay lost or doubled a chat message',
  );

  report.expectWithin('join_warm_ms_p50', { atMost: 1000 * patience });
  report.expectWithin('fps_min', { atLeast: 15 / patience });
  report.expectWithin('chat_ms_p95', { atMost: 300 * patience });
  report.expectWithin('replay_ready_s', { atMost: 10 * patience });
  report.expectWithin('av_offset_ms_max', { atMost: 100 * patience });
  report.expectWithin('voices_heard', { atLeast: 6 });
  report.expectWithin('tracks', { atLeast: 7 });
}

/** Each of the three must have seen and heard the other two. */
function judgeSeenAndHeard(
  people: readonly Person[],
  readings: ReadonlyMap<Person, ProbeReadings>,
  report: ReportBuilder,
): void {
  const rates: number[] = [];
  let heard = 0;
  for (const viewer of people) {
    const seen = readings.get(viewer);
    for (const other of people.filter((person) => person !== viewer)) {
      const cameras = (seen?.videos ?? []).filter(
        ({ source, samples }) => source === 'camera' && samples.at(-1)?.person === other.index,
      );
      const seconds = cameras.flatMap(({ perSecond }) => perSecond.slice(1));
      rates.push(cameras.length ? median(seconds) : 0);
      report.expect(cameras.length > 0, `${viewer.credentials.name} did not see ${other.credentials.name}`);
      const pulses = (seen?.pulses ?? []).filter(({ person }) => person === other.index).length;
      if (pulses >= 5) heard++;
      else report.expect(false, `${viewer.credentials.name} heard ${other.credentials.name} ${pulses} times`);
    }
  }
  report.metric('fps_min', Math.min(...rates));
  report.metric('voices_heard', heard);
}

/** Replay offset minus live offset, per stretch, for the teacher as Maya received them and Maya as the teacher did. */
async function offsetsAgainstLive(
  cast: Cast,
  replay: Awaited<ReturnType<typeof watchReplay>>,
  stretches: readonly Stretch[],
  readings: ReadonlyMap<Person, ProbeReadings>,
): Promise<{ label: string; ms: number }[]> {
  const [maya] = cast.students;
  const names = new Map([cast.teacher, ...cast.students].map((person) => [person.credentials.name, person.index]));
  const recorded = await recordedSamples(cast.absent, replay, (id) =>
    names.get(replay.references.people[id]?.name ?? ''),
  );
  return stretches.flatMap(({ label, from, to }) =>
    [
      { sender: cast.teacher, receiver: maya },
      { sender: maya, receiver: cast.teacher },
    ].map(({ sender, receiver }) => {
      const live = readings.get(receiver);
      const frames = (live?.videos ?? []).filter(({ source }) => source === 'camera').flatMap(({ samples }) => samples);
      const offset = (pictures: typeof frames, pulses: ProbeReadings['pulses']) =>
        soundAfterPicture(within(pictures, from, to), within(pulses, from, to), sender.index);
      const ms = wrap(
        offset([...recorded.frames], recorded.pulses) - offset(frames, live?.pulses ?? []),
        PULSE_EVERY_MS,
      );
      return { label: `${label}, ${sender.credentials.name}`, ms };
    }),
  );
}
