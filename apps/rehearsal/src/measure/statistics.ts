/** The q-quantile (0…1) of `values` by the nearest-rank method; NaN when there are none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** `value` folded into (-period/2, period/2]. */
export function wrap(value: number, period: number): number {
  const rest = ((value % period) + period) % period;
  return rest > period / 2 ? rest - period : rest;
}

/** Median of angles on a circle of `period`: unwrapped around the first value. */
export function circularMedian(values: readonly number[], period: number): number {
  const [first] = values;
  if (first === undefined) return NaN;
  return wrap(first + median(values.map((value) => wrap(value - first, period))), period);
}
