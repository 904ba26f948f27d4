import { median } from './statistics.js';

/** Resident memory (MiB) of each component at one moment. */
export interface MemorySample {
  /** Epoch ms. */
  readonly at: number;
  readonly mib: Readonly<Record<string, number>>;
}

/**
 * How much (percent) each component's resident memory grew from the stretch that starts at `from` to the last one, both
 * `spanMs` long; medians, so that a garbage collection more or less decides nothing.
 */
export function growthPct(samples: readonly MemorySample[], from: number, spanMs: number): Record<string, number> {
  const end = samples.at(-1)?.at ?? from;
  const early = samples.filter(({ at }) => at >= from && at < from + spanMs);
  const late = samples.filter(({ at }) => at > end - spanMs);
  const names = Object.keys(samples.at(-1)?.mib ?? {});
  const levelOf = (stretch: readonly MemorySample[], name: string) =>
    median(stretch.map(({ mib }) => mib[name] ?? NaN).filter((value) => !Number.isNaN(value)));
  return Object.fromEntries(names.map((name) => [name, 100 * (levelOf(late, name) / levelOf(early, name) - 1)]));
}
