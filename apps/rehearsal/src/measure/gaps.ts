/** The longest pause between neighbours of a rising list; 0 for fewer than two. */
export const longestGap = (times: readonly number[]): number =>
  Math.max(0, ...times.slice(1).map((at, index) => at - (times[index] ?? at)));

/**
 * The longest pause (ms) that began before `to` and ended after `from`, in sorted times of which the first may lie long
 * before. Who never came back is missing until `to`; who was never there, all the time.
 */
export function gapWithin(times: readonly number[], from: number, to: number): number {
  const first = times.findLastIndex((at) => at <= from);
  const inside = times.slice(Math.max(0, first)).filter((at) => at <= to);
  return longestGap([...(first < 0 ? [from] : []), ...inside, to]);
}

const STEP_MS = 100;

/** Moments that each last for `ms`, which counts from it on to 100 ms: what lies between them is then no gap. */
export const lasting = (moments: readonly number[], ms: number): number[] =>
  moments.flatMap((at) => Array.from({ length: Math.floor(ms / STEP_MS) + 1 }, (_, step) => at + step * STEP_MS));
