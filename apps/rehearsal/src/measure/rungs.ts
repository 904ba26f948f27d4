import type { Rung } from '@lyceum/sdk/media';
import type { Change } from '../robot/line-probe.js';

/** How far down each rung of the ladder is. */
const depths: Readonly<Record<Rung, number>> = { full: 0, small: 1, few: 2, stills: 3, sound: 4 };
const depthOf = (word: string): number => depths[word as Rung] ?? 0;

/** From here on down no picture moves. */
export const NO_MOVING_PICTURE = depths.stills;
export const FULL = depths.full;

/** The lowest rung that a page stood on after `since` (epoch ms), from 0 (all is received) to 4 (sound alone). */
export function lowestRung(changes: readonly Change[], since: number): number {
  const before = changes.findLast(({ at }) => at <= since);
  const after = changes.filter(({ at }) => at > since);
  return Math.max(FULL, ...[...(before ? [before] : []), ...after].map(({ what }) => depthOf(what)));
}

/** Seconds from `since` until the page stood on a rung whose depth `fits`; undefined when it never did. */
export function secondsToRung(
  changes: readonly Change[],
  since: number,
  fits: (depth: number) => boolean,
): number | undefined {
  const before = changes.findLast(({ at }) => at <= since);
  if (before && fits(depthOf(before.what))) return 0;
  const reached = changes.find(({ at, what }) => at > since && fits(depthOf(what)));
  return reached && (reached.at - since) / 1000;
}

/** Seconds from `since` until the page stood on such a rung for good: a try that failed is none. Undefined when it does not now. */
export function secondsToStay(
  changes: readonly Change[],
  since: number,
  fits: (depth: number) => boolean,
): number | undefined {
  const [last] = changes.slice(-1);
  if (!last || !fits(depthOf(last.what))) return undefined;
  const came = changes[changes.findLastIndex(({ what }) => !fits(depthOf(what))) + 1] ?? last;
  return Math.max(0, came.at - since) / 1000;
}
