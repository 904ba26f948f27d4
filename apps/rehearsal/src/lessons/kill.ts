import type { Appliance } from '../appliance.js';
import { PULSE_EVERY_MS } from '../fixtures/pattern.js';
import { gapWithin } from '../measure/gaps.js';
import { quantile } from '../measure/statistics.js';
import { campus } from '../network/campus.js';
import { allHealthy, busiestMediaWorker, keepDown, pidOf } from '../processes.js';
import type { Report, ReportBuilder } from '../report.js';
import type { Person } from '../robot/person.js';
import { endClass, planClass } from './class-session.js';
import { Ledger } from './ledger.js';
import { pause, rehearse, type RehearsalOptions, type Stage } from './stage.js';
import { backOnSocketMs, everyoneSeesEveryone, heardTimes, seenTimes, visited } from './witnesses.js';

/** What can be killed, by its component's name but for the two that are several processes. */
export const components = [
  ...(['api', 'media-worker', 'media-node', 'recorder', 'jobs', 'keys', 'redis', 'postgres', 'store'] as const),
  ...(['keycloak', 'turn', 'edge'] as const),
];
export type Killed = (typeof components)[number];

export interface KillOptions extends RehearsalOptions {
  readonly component: Killed;
  readonly repetitions: number;
  /** How long the component stays away; 0 lets the supervisor start it at once. */
  readonly awaySeconds: number;
}

/** Those that are a component by themselves can be kept away for a while. */
export const mayStayAway = (component: Killed): boolean => component !== 'media-worker' && component !== 'media-node';

/** Longest interruption (ms) of anyone's picture that the component's death may cause. */
const mayInterruptMs: Partial<Record<Killed, number>> = { 'media-worker': 3000, recorder: 3000, 'media-node': 5000 };
/** While it is away, somebody's pictures can't reach the recording: of whom sits behind the relay, or of all. */
const carriesRecording = (component: Killed): boolean => component === 'turn' || component === 'recorder';
/** What counts as no interruption: browsers on a small machine stumble that long by themselves. */
const UNNOTICED_MS = 1000;
const BACK_MS = 5000;
const RECORDING_GAP_MS = 5000;
/** How long people may need to see each other again before the lesson goes on without them. */
const GIVE_UP_MS = 60_000;

/** A third browser with the pictures of two is more than a small machine can draw; a gap can still be told to 100 ms. */
const THREE_BROWSERS_FPS = 10;

type Cast = readonly [Person, Person, ...Person[]];

/** A death, and the time (epoch ms) up to which its consequences are looked at. */
interface Death {
  readonly at: number;
  readonly until: number;
}

/** The apis die in turn. */
const nameOf = (component: Killed, repetition: number): string =>
  component === 'api' ? (repetition % 2 ? 'api-1' : 'api-2') : component;

async function victim(component: Killed, repetition: number): Promise<number> {
  if (component === 'media-worker') return (await busiestMediaWorker()).worker;
  if (component === 'media-node') return (await busiestMediaWorker()).node;
  return pidOf(nameOf(component, repetition));
}

/**
 * Kills a component (SIGKILL) again and again while a teacher and a student talk and write; the supervisor starts it
 * again, at once or after a while. Reports how long pictures stood still per viewer and person seen, what was acknowledged and is not in the replay
 * exactly once, what the recording misses and when everyone was on the socket again.
 */
export function kill(options: KillOptions): Promise<Report> {
  const calm = options.component === 'turn' ? { cameraFps: THREE_BROWSERS_FPS, ...options } : options;
  return rehearse(`kill-${options.component}`, calm, async (stage, report) => {
    const people = await gather(stage, options.appliance, options.component);
    const [teacher] = people;
    const session = await planClass(teacher, `Kill ${options.component}`);
    for (const person of people) {
      await person.openRoom(session.id);
      await person.join();
      await person.openPanel('Chat');
    }
    await everyoneSeesEveryone(people, Date.now(), GIVE_UP_MS);
    const ledger = new Ledger();
    const deaths: Death[] = [];
    // What the first join left to do is no part of the first death.
    await pause(8000);
    for (let n = 1; n <= options.repetitions; n++) {
      options.say(`${options.component} dies, ${n} of ${options.repetitions}`);
      deaths.push(await die(people, n, options, ledger));
      // A class that fell apart tells nothing about the next death.
      if (!(await everyoneSeesEveryone(people, Date.now() - 1500, GIVE_UP_MS))) {
        report.expect(false, `after death ${n} someone did not see everyone again within ${GIVE_UP_MS / 1000} s`);
        break;
      }
    }
    await judgeLive(people, deaths, options, report);

    options.say('the class ends');
    await endClass(teacher);
    const recordingGaps = await ledger.audit(people, session.id, deaths, report);
    report.metric('recording_gap_ms_max', Math.max(0, ...recordingGaps));
    report.expectWithin('events_lost', { atMost: 0 });
    const unrecordedMs = carriesRecording(options.component) ? options.awaySeconds * 1000 : 0;
    report.expectWithin('recording_gap_ms_max', { atMost: unrecordedMs + RECORDING_GAP_MS * options.patience });
  });
}

/**
 * A teacher and a student: two browsers leave a small machine room to breathe. When the relay dies, someone must sit behind
 * it for anyone to notice.
 */
async function gather(stage: Stage, appliance: Appliance, component: Killed): Promise<Cast> {
  const cast: Cast = [await stage.arrive('anna'), await stage.arrive('maya')];
  if (component !== 'turn') return cast;
  return [...cast, await stage.arrive('tomas', { network: await stage.through(campus(appliance, 'tcp')) })];
}

async function die(people: Cast, n: number, options: KillOptions, ledger: Ledger): Promise<Death> {
  const { appliance, component, awaySeconds, patience } = options;
  const [teacher, student] = people;
  await ledger.say(student, `before death ${n}`);
  const pid = await victim(component, n);
  await pause(Math.random() * 2000);
  const bringBack = awaySeconds ? await keepDown(appliance.servicesDir, nameOf(component, n)) : undefined;
  const at = Date.now();
  process.kill(pid, 'SIGKILL');
  try {
    await pause(Math.random() * 1500);
    await Promise.all([
      ledger.say(student, `student after death ${n}`),
      ledger.say(teacher, `teacher after death ${n}`),
      pause(awaySeconds * 1000).then(bringBack),
    ]);
  } finally {
    await bringBack?.();
  }
  await everyoneSeesEveryone(people, at + 500, GIVE_UP_MS);
  // Late consequences, such as a second reset, count too.
  await pause(5000);
  await allHealthy(120_000 * patience);
  return { at, until: Date.now() };
}

async function judgeLive(
  people: readonly Person[],
  deaths: readonly Death[],
  { component, awaySeconds, patience }: KillOptions,
  report: ReportBuilder,
): Promise<void> {
  const [first] = deaths;
  if (!first) return;
  const from = first.at - 8000;
  const relayed = component === 'turn' ? people.at(-1) : undefined;
  const [seen, heard] = [await seenTimes(people, from), await heardTimes(people)];
  const behindRelay = (pair: { viewer: Person; other: Person }) => pair.viewer === relayed || pair.other === relayed;
  const gapsOf = (pairs: typeof seen) =>
    pairs.flatMap(({ times }) => deaths.map(({ at, until }) => gapWithin(times, at, until)));
  const gaps = gapsOf(seen.filter((pair) => !behindRelay(pair)));
  report.metric('gap_ms_p50', quantile(gaps, 0.5));
  report.metric('gap_ms_p95', quantile(gaps, 0.95));
  report.metric('gap_ms_max', Math.max(...gaps));
  report.metric(
    'gap_idle_ms_p95',
    quantile(
      seen.map(({ times }) => gapWithin(times, from, first.at)),
      0.95,
    ),
  );
  report.metric('voice_gap_ms_max', Math.max(...gapsOf(heard.filter((pair) => !behindRelay(pair)))));
  if (relayed) report.metric('relayed_gap_ms_max', Math.max(...gapsOf(seen.filter(behindRelay))));

  const back: number[] = [];
  for (const person of people) {
    const line = await person.line();
    for (const death of deaths) back.push(backOnSocketMs(line, death));
    const states = visited(line.phases, first.at).filter((state) => state !== 'present' && state !== 'reconnecting');
    report.expect(states.length === 0, `${person.credentials.name} was sent out of the room: ${states.join(', ')}`);
  }
  report.metric('back_ms_max', Math.max(...back));
  report.metric('repetitions', deaths.length);
  const interruptedMs = (mayInterruptMs[component] ?? UNNOTICED_MS) * patience;
  report.expectWithin('gap_ms_max', { atMost: interruptedMs });
  report.expectWithin('voice_gap_ms_max', { atMost: interruptedMs + PULSE_EVERY_MS / 2 });
  // Both are counted from the death, and nothing can be back while what it goes through is away.
  const atMost = awaySeconds * 1000 + BACK_MS * patience;
  report.expectWithin('back_ms_max', { atMost });
  if (relayed) report.expectWithin('relayed_gap_ms_max', { atMost });
}
