import type { ProbeReadings } from '../robot/probe.js';
import type { Person } from '../robot/person.js';
import { pause } from './stage.js';

const GIVE_UP_MS = 15_000;

/** Looks into the page as seldom as it can, since looking costs what is measured; then reads the time of the first picture. */
export async function firstPicture(person: Person, timeOf: (seen: ProbeReadings) => number): Promise<number> {
  const until = Date.now() + GIVE_UP_MS;
  await pause(1500);
  for (;;) {
    const ms = timeOf(await person.read());
    if (!Number.isNaN(ms) || Date.now() > until) return ms;
    await pause(500);
  }
}
