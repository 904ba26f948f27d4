import { PULSE_EVERY_MS } from '../fixtures/pattern.js';
import { lasting } from '../measure/gaps.js';
import type { Change, LineProbe } from '../robot/line-probe.js';
import type { Person } from '../robot/person.js';
import { pause } from './stage.js';

/** Sorted moments (epoch ms) at which `viewer` perceived `other`. */
export interface Perceived {
  readonly viewer: Person;
  readonly other: Person;
  readonly times: readonly number[];
}

async function ofEachPair(
  people: readonly Person[],
  timesOf: (viewer: Person) => Promise<(other: Person) => number[]>,
): Promise<Perceived[]> {
  const pairs: Perceived[] = [];
  for (const viewer of people) {
    const times = await timesOf(viewer);
    for (const other of people) {
      if (other !== viewer) pairs.push({ viewer, other, times: times(other).sort((a, b) => a - b) });
    }
  }
  return pairs;
}

/** When each saw each other's camera move, since `from`. */
export const seenTimes = (people: readonly Person[], from: number): Promise<Perceived[]> =>
  ofEachPair(people, async (viewer) => {
    const motion = (await viewer.motion(from)).filter(({ source }) => source === 'camera');
    return (other) => motion.filter(({ person }) => person === other.index).flatMap(({ moments }) => moments);
  });

/** When each heard each other. A pulse stands for the second until the next one, so that a gap is what was missed. */
export const heardTimes = (people: readonly Person[]): Promise<Perceived[]> =>
  ofEachPair(people, async (viewer) => {
    const { pulses } = await viewer.read();
    const of = (other: Person) => pulses.filter(({ person }) => person === other.index).map(({ at }) => at);
    return (other) => lasting(of(other), PULSE_EVERY_MS);
  });

/** Waits until everyone saw everyone else move after `since`; false when that took longer than `withinMs`. */
export async function everyoneSeesEveryone(
  people: readonly Person[],
  since: number,
  withinMs: number,
): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (Date.now() < until) {
    const pairs = await seenTimes(people, Math.max(since, Date.now() - 1500));
    if (pairs.every(({ times }) => times.length > 5)) return true;
    await pause(500);
  }
  return false;
}

/**
 * Ms from `at` until the person was let in on a socket again; 0 for someone whose socket held, `until - at` for someone who
 * never came back.
 */
export function backOnSocketMs({ socket }: Pick<LineProbe, 'socket'>, stretch: { at: number; until: number }): number {
  const { at, until } = stretch;
  const after = socket.filter((change) => change.at >= at && change.at <= until);
  if (!after.length) return 0;
  const last = after.at(-1);
  return last?.what === 'welcome' ? last.at - at : until - at;
}

/** States of the room the page was in since `from`, the one it was in at that time included. */
export function visited(phases: readonly Change[], from: number): string[] {
  const start = phases.findLastIndex(({ at }) => at <= from);
  return [...new Set(phases.slice(Math.max(0, start)).map(({ what }) => what))];
}
