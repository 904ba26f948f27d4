import { campus } from '../network/campus.js';
import { clearPath, type Shape } from '../network/link.js';
import { FULL, lowestRung, NO_MOVING_PICTURE, secondsToRung, secondsToStay } from '../measure/rungs.js';
import { median } from '../measure/statistics.js';
import type { Report, ReportBuilder } from '../report.js';
import type { ReceivedTotals } from '../robot/line-probe.js';
import type { Person } from '../robot/person.js';
import { endClass, planClass } from './class-session.js';
import { pause, rehearse, type RehearsalOptions } from './stage.js';
import { everyoneSeesEveryone } from './witnesses.js';

/** A row of the table: its name in the metrics and what the path does, in both directions. */
interface Row {
  readonly name: string;
  readonly shape: Shape;
  /** Share of invented samples (percent) up to which speech counts as intelligible; rows without are only printed. */
  readonly concealedAtMost?: number;
  /** Leaves room for speech alone: the ladder must go down. */
  readonly narrow?: boolean;
}

const rows: readonly Row[] = [
  { name: 'clear', shape: clearPath, concealedAtMost: 10 },
  { name: 'loss_2', shape: { ...clearPath, lossPct: 2 }, concealedAtMost: 10 },
  { name: 'loss_5', shape: { ...clearPath, lossPct: 5 }, concealedAtMost: 10 },
  { name: 'loss_10', shape: { ...clearPath, lossPct: 10 }, concealedAtMost: 10 },
  { name: 'loss_20', shape: { ...clearPath, lossPct: 20 } },
  { name: 'delay_150', shape: { ...clearPath, delayMs: 150, jitterMs: 50 }, concealedAtMost: 10 },
  { name: 'rate_3000', shape: { ...clearPath, kbitPerSecond: 3000 }, concealedAtMost: 10 },
  { name: 'rate_1000', shape: { ...clearPath, kbitPerSecond: 1000 }, concealedAtMost: 10 },
  { name: 'rate_300', shape: { ...clearPath, kbitPerSecond: 300 }, concealedAtMost: 10 },
  { name: 'rate_100', shape: { ...clearPath, kbitPerSecond: 100 }, concealedAtMost: 10, narrow: true },
];

export interface LossOptions extends RehearsalOptions {
  /** How long each row is looked at, after the path had ten seconds to settle. */
  readonly seconds: number;
  /** Names of the rows to walk through; all when left out. */
  readonly only?: readonly string[];
}

const SETTLE_MS = 10_000;
const RECOVER_MS = 60_000;
/** Share of a picture's former pace that counts as the same: browsers on a small machine waver that much. */
const AS_QUICK = 0.75;
/** How long pictures may take a voice's room when the path gets narrow. */
const RUNG_DOWN_S = 5;

interface Picture {
  readonly fps: number;
  /** Pixels; 0 when none moved. */
  readonly width: number;
}

/** One direction of the lesson through the bad path. */
interface Reception extends Picture {
  /** Percent of sound samples the receiver invented because their packets were missing. */
  readonly concealedPct: number;
  readonly lostPct: number;
}

/**
 * A student sits behind a path that loses, delays and narrows what media sends, in both directions; pages and the room's
 * socket are spared. Reports per row what is left of speech and pictures, worst of both directions, and how long pictures
 * need to be whole again once the path is clear, in the worst row; each begins with what a clear path gives.
 */
export function loss(options: LossOptions): Promise<Report> {
  return rehearse('loss', options, async (stage, report) => {
    const network = await stage.through(campus(options.appliance, 'udp'));
    const teacher = await stage.arrive('anna', { voice: 'speech' });
    const student = await stage.arrive('maya', { voice: 'speech', network });
    const people = [teacher, student] as const;
    const session = await planClass(teacher, 'Loss');
    for (const person of people) {
      await person.openRoom(session.id);
      await person.join();
    }
    await everyoneSeesEveryone(people, Date.now(), 30_000);
    await pause(SETTLE_MS);
    const whole = await picturesOf(people, SETTLE_MS / 2);
    const recoveries: Recovery[] = [];
    for (const row of rows.filter(({ name }) => !options.only || options.only.includes(name))) {
      options.say(row.name);
      const since = Date.now();
      network.path.shape = row.shape;
      await pause(SETTLE_MS);
      const [down, up] = await Promise.all([
        receive(student, teacher, options.seconds),
        receive(teacher, student, options.seconds),
      ]);
      note(row, down, up, options.patience, report);
      await noteRungs(row, student, since, options.patience, report);
      network.path.shape = clearPath;
      recoveries.push(await recover(people, whole));
    }
    await endClass(teacher);
    report.metric('rung_up_s', Math.max(...recoveries.map(({ rungS }) => rungS)));
    report.metric('recover_s', Math.max(...recoveries.map(({ picturesS }) => picturesS)));
    report.expectWithin('rung_up_s', { atMost: (RECOVER_MS / 1000) * options.patience });
    report.expectWithin('recover_s', { atMost: (RECOVER_MS / 1000) * options.patience });
  });
}

async function receive(viewer: Person, other: Person, seconds: number): Promise<Reception> {
  const from = Date.now();
  const before = await viewer.received();
  await pause(seconds * 1000);
  const after = await viewer.received();
  const grown = (field: keyof ReceivedTotals) => after[field] - before[field];
  const picture = await pictureOf(viewer, other, from);
  return {
    concealedPct: (100 * (grown('concealed') - grown('silentConcealed'))) / Math.max(1, grown('samples')),
    lostPct: (100 * grown('packetsLost')) / Math.max(1, grown('packets') + grown('packetsLost')),
    ...picture,
  };
}

/** What each sees of the other, over the last `ms`. */
async function picturesOf([teacher, student]: readonly [Person, Person], ms: number): Promise<Picture[]> {
  const since = Date.now() - ms;
  return Promise.all([pictureOf(student, teacher, since), pictureOf(teacher, student, since)]);
}

/** A picture without a frame for this long, ms, does not move; every return of a camera is an element of its own. */
const STILL_MS = 3000;

/** Median frames per second of the other's camera since `from`, as far as it moves now, and its width. */
async function pictureOf(viewer: Person, other: Person, from: number): Promise<Picture> {
  const now = Date.now();
  const seconds = Math.floor((now - from) / 1000);
  const moving = (await viewer.read()).videos.filter(({ source, samples }) => {
    const last = samples.at(-1);
    return source === 'camera' && last?.person === other.index && last.at > now - STILL_MS;
  });
  const rates = moving.flatMap(({ perSecond }) => perSecond.slice(-seconds));
  return { fps: rates.length ? median(rates) : 0, width: Math.max(0, ...moving.map(({ width }) => width)) };
}

function note(
  { name, concealedAtMost }: Row,
  down: Reception,
  up: Reception,
  patience: number,
  report: ReportBuilder,
): void {
  report.metric(`${name}_concealed_pct`, Math.max(down.concealedPct, up.concealedPct));
  report.metric(`${name}_lost_pct`, Math.max(down.lostPct, up.lostPct));
  report.metric(`${name}_fps_down`, down.fps);
  report.metric(`${name}_fps_up`, up.fps);
  report.metric(`${name}_width_down`, down.width);
  report.metric(`${name}_width_up`, up.width);
  if (concealedAtMost !== undefined) {
    report.expectWithin(`${name}_concealed_pct`, { atMost: Math.min(50, concealedAtMost * patience) });
  }
}

/** What became of the student's ladder since the path changed. */
async function noteRungs(
  { name, narrow }: Row,
  student: Person,
  since: number,
  patience: number,
  report: ReportBuilder,
): Promise<void> {
  const { rungs } = await student.line();
  report.metric(`${name}_rung_lowest`, lowestRung(rungs, since));
  if (!narrow) return;
  const seconds = secondsToRung(rungs, since, (depth) => depth >= NO_MOVING_PICTURE);
  if (seconds !== undefined) report.metric('rung_down_s', seconds);
  report.expectWithin('rung_down_s', { atMost: RUNG_DOWN_S * patience });
}

/** Seconds from the moment the path is clear. */
interface Recovery {
  /** Until the pictures are as wide and nearly as quick as before, which on a small machine need not be all that the camera gives. */
  readonly picturesS: number;
  /** Until the student's page receives everything again, and goes on to; Infinity when it does not yet. */
  readonly rungS: number;
}

async function recover(people: readonly [Person, Person], whole: readonly Picture[]): Promise<Recovery> {
  const [, student] = people;
  const since = Date.now();
  while (Date.now() - since < 2 * RECOVER_MS) {
    await pause(2000);
    const now = await picturesOf(people, 3000);
    const isWhole = (before: Picture, n: number) =>
      (now[n]?.width ?? 0) >= before.width && (now[n]?.fps ?? 0) >= AS_QUICK * before.fps;
    if (whole.every(isWhole)) break;
  }
  const rungS = secondsToStay((await student.line()).rungs, since, (depth) => depth === FULL);
  return { picturesS: (Date.now() - since) / 1000, rungS: rungS ?? Infinity };
}
