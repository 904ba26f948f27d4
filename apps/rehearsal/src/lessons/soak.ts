import type { Me } from '@lyceum/contracts';
import { growthPct, type MemorySample } from '../measure/memory.js';
import { wrap } from '../measure/statistics.js';
import { PULSE_EVERY_MS } from '../fixtures/pattern.js';
import { appliancePrograms, usageOf, type Usage } from '../processes.js';
import type { Report, ReportBuilder } from '../report.js';
import type { Person } from '../robot/person.js';
import type { ProbeReadings } from '../robot/probe.js';
import { endClass, planClass, replayOf } from './class-session.js';
import { Ledger } from './ledger.js';
import { LIP_SYNC_MS, offsetsAgainstLive, type Received } from './replay-offset.js';
import { pause, rehearse, type RehearsalOptions } from './stage.js';

export interface SoakOptions extends RehearsalOptions {
  readonly minutes: number;
  /** How many of the demo's people come; the first three show themselves and speak, since one machine plays all of them. */
  readonly people: number;
}

const EVERY_MS = 10_000;
const ACTIVE = 3;
/** Sound is held against its picture in this much of the class, at its start and at its end. */
const DRIFT_OVER_MS = 30_000;
const GROWTH_PCT = 5;
/** Components below this are judged by the sum alone: a few pages more are percents to them. */
const LARGE_MIB = 50;
/** How many of the roles below are in the demo's course to begin with; the administrator is not. */
const ATTENDING = 5;
const roles = ['anna', 'maya', 'tomas', 'jun', 'per', 'ada'] as const;

/**
 * A class that simply goes on: memory and processor time of every component every ten seconds, a line of chat each minute,
 * and whether sound and picture drift apart. Growth is counted after the first ten minutes (the first third of a short one).
 */
export function soak(options: SoakOptions): Promise<Report> {
  return rehearse('soak', options, async (stage, report) => {
    const { minutes, say, patience } = options;
    const people: Person[] = [];
    for (const role of roles.slice(0, options.people)) people.push(await stage.arrive(role));
    const [teacher, student] = people;
    if (!teacher || !student) throw new Error('A class needs two people.');
    const session = await planClass(teacher, `Soak ${minutes}`);
    if (people.length > ATTENDING) await enrol(people.slice(ATTENDING), teacher, session.courseId);
    for (const [index, person] of people.entries()) {
      await person.openRoom(session.id);
      if (index >= ACTIVE) {
        await person.press('Stop video');
        await person.press('Mute');
      }
      await person.join();
    }
    const ledger = new Ledger();
    const started = Date.now();
    const end = started + minutes * 60_000;
    const samples: MemorySample[] = [];
    const before = usageOf(await appliancePrograms());
    for (let n = 0; Date.now() < end; n++) {
      const usage = usageOf(await appliancePrograms());
      samples.push({ at: Date.now(), mib: Object.fromEntries([...usage].map(([name, { mib }]) => [name, mib])) });
      if (n % 6 === 0) {
        await ledger.say(student, `minute ${Math.round((Date.now() - started) / 60_000)}`);
        say(`${Math.round((end - Date.now()) / 60_000)} minutes to go, ${Math.round(total(usage))} MiB`);
      }
      await pause(EVERY_MS);
    }
    const after = usageOf(await appliancePrograms());
    for (const [name, { seconds }] of after) {
      const used = seconds - (before.get(name)?.seconds ?? 0);
      report.metric(`cpu_pct_${name}`, (100 * used * 1000) / (Date.now() - started));
    }
    const ended = Date.now();
    const readings = new Map([[student, await student.read()]]);

    const settled = started + Math.min(10, minutes / 3) * 60_000;
    const spanMs = Math.min(3, minutes / 6) * 60_000;
    const summed = samples.map(({ at, mib }) => ({
      at,
      mib: { all: Object.values(mib).reduce((sum, n) => sum + n, 0) },
    }));
    report.metric('rss_growth_pct', growthPct(summed, settled, spanMs)['all'] ?? NaN);
    for (const [name, pct] of Object.entries(growthPct(samples, settled, spanMs))) {
      report.metric(`rss_growth_pct_${name}`, pct);
      const large = (after.get(name)?.mib ?? 0) >= LARGE_MIB;
      report.expect(!large || pct <= 2 * GROWTH_PCT * patience, `${name} grew by ${pct.toFixed(1)} %`);
    }
    await endClass(teacher);
    await ledger.audit([teacher], session.id, [], report);
    await judgeDrift({ sender: teacher, receiver: student }, readings, session.id, [started, ended], report);
    report.expectWithin('rss_growth_pct', { atMost: GROWTH_PCT * patience });
    report.expectWithin('events_lost', { atMost: 0 });
    report.expectWithin('drift_ms', { atMost: 100 * patience });
  });
}

/** Takes people into the course, where they stay. */
async function enrol(people: readonly Person[], teacher: Person, courseId: string): Promise<void> {
  for (const person of people) {
    const me = await person.api<Me>('GET', 'me');
    await teacher.api('PUT', `courses/${courseId}/people/${me.person.id}`, { role: 'student' });
  }
}

/**
 * Reports `drift_ms`: how much further sound trails its picture in the replay at the end than at the start, beside what was
 * received then.
 */
async function judgeDrift(
  received: Received,
  readings: ReadonlyMap<Person, ProbeReadings>,
  sessionId: string,
  [started, ended]: readonly [number, number],
  report: ReportBuilder,
): Promise<void> {
  const settled = started + LIP_SYNC_MS;
  const stretches = [
    { label: 'at the start', from: settled, to: settled + DRIFT_OVER_MS },
    { label: 'at the end', from: ended - DRIFT_OVER_MS, to: ended },
  ];
  const replay = await replayOf(received.sender, sessionId);
  const offsets = await offsetsAgainstLive(received.sender, replay, [received], stretches, readings);
  for (const { label, lacks } of offsets) report.expect(!lacks.length, `${label}: nothing ${lacks.join(', nothing ')}`);
  const [first = NaN, last = NaN] = offsets.map(({ ms }) => ms);
  report.metric('drift_ms', Math.abs(wrap(last - first, PULSE_EVERY_MS)));
}

const total = (usage: ReadonlyMap<string, Usage>): number => [...usage.values()].reduce((sum, { mib }) => sum + mib, 0);
