import type { Me } from '@lyceum/contracts';
import { soundAfterPicture, within } from '../measure/offset.js';
import { growthPct, type MemorySample } from '../measure/memory.js';
import { wrap } from '../measure/statistics.js';
import { PULSE_EVERY_MS } from '../fixtures/pattern.js';
import { appliancePrograms, usageOf, type Usage } from '../processes.js';
import type { Report } from '../report.js';
import type { Person } from '../robot/person.js';
import { planClass } from './class-session.js';
import { Ledger } from './ledger.js';
import { pause, rehearse, type RehearsalOptions } from './stage.js';

export interface SoakOptions extends RehearsalOptions {
  readonly minutes: number;
  /** How many of the demo's people come; the first three show themselves and speak, since one machine plays all of them. */
  readonly people: number;
}

const EVERY_MS = 10_000;
const ACTIVE = 3;
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
    const drift = await driftMs(teacher, student, started, Date.now());
    report.metric('drift_ms', Math.abs(drift));
    report.expect(!Number.isNaN(drift), 'sound or picture was missing at the start or at the end');

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
    await teacher.press('Leave');
    await teacher.press('End class for everyone');
    await ledger.audit([teacher], session.id, [], report);
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

const total = (usage: ReadonlyMap<string, Usage>): number => [...usage.values()].reduce((sum, { mib }) => sum + mib, 0);

/** How much further sound trails its picture at the end than at the start, as the student receives the teacher. */
async function driftMs(teacher: Person, student: Person, from: number, to: number): Promise<number> {
  const { videos, pulses } = await student.read();
  const frames = videos.filter(({ source }) => source === 'camera').flatMap(({ samples }) => samples);
  const offset = (since: number, until: number) =>
    soundAfterPicture(within(frames, since, until), within(pulses, since, until), teacher.index);
  return wrap(offset(to - 30_000, to) - offset(from, from + 30_000), PULSE_EVERY_MS);
}
