import { assumptions } from './assumptions.ts';
import { arrivalOf, demandKeys, demandOf, nobody } from './demand.ts';
import type { Demand, Model } from './demand.ts';
import type { PlannedClass } from './planned-class.ts';

/** What is taken for a while: `demand` from `start` until just before `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly demand: Demand;
}

export interface Peak {
  /** The most of each that is ever taken at once; not all of them at the same moment. */
  readonly demand: Demand;
  /** When that moment of each begins. */
  readonly at: Readonly<Record<keyof Demand, number>>;
}

/** Walks over beginnings and ends in time and remembers the highest sum of each kind. */
export function highest(spans: readonly Span[]): Peak {
  const turns = spans
    .flatMap(({ start, end, demand }) => [
      { at: start, sign: 1, demand },
      { at: end, sign: -1, demand },
    ])
    // A class that ends makes room for the one that begins at that moment.
    .sort((a, b) => a.at - b.at || a.sign - b.sign);
  const now: Record<keyof Demand, number> = { ...nobody };
  const most: Record<keyof Demand, number> = { ...nobody };
  const at: Record<keyof Demand, number> = { ...nobody };
  for (const turn of turns) {
    for (const key of demandKeys) {
      now[key] += turn.sign * turn.demand[key];
      // Sums of fractions drift; a billionth more is not a new peak.
      if (now[key] <= most[key] * (1 + 1e-9)) continue;
      most[key] = now[key];
      at[key] = turn.at;
    }
  }
  return { demand: most, at };
}

export function peakOf(classes: readonly PlannedClass[], model: Model): Peak {
  return highest(
    classes.flatMap((one) => [
      { start: one.start, end: one.end, demand: demandOf(one, model) },
      {
        start: one.start,
        end: Math.min(one.end, one.start + assumptions.arrivalSeconds.value * 1000),
        demand: arrivalOf(one, model),
      },
    ]),
  );
}

/** Most seats whose classes begin at one moment. */
export function largestRush(classes: readonly PlannedClass[]): { readonly seats: number; readonly at: number } {
  const starts = new Map<number, number>();
  for (const { start, seats } of classes) starts.set(start, (starts.get(start) ?? 0) + seats);
  return [...starts].reduce((best, [at, seats]) => (seats > best.seats ? { seats, at } : best), { seats: 0, at: 0 });
}

const dayMs = 86_400_000;

/** GB that a week leaves behind: the timetable's recordings, spread evenly when it is longer than a week. */
export function recordedGbPerWeek(classes: readonly PlannedClass[], model: Model): number {
  const starts = classes.map(({ start }) => start).reduce((a, b) => Math.min(a, b), Infinity);
  const ends = classes.map(({ end }) => end).reduce((a, b) => Math.max(a, b), -Infinity);
  const weeks = Math.max(1, (ends - starts) / (7 * dayMs));
  const megabits = classes.reduce(
    (total, one) => total + (demandOf(one, model).recordedMbit * (one.end - one.start)) / 1000,
    0,
  );
  return megabits / 8 / 1000 / weeks;
}
