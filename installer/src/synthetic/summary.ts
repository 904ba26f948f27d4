import type { JoinRow } from './history.ts';
import type { Network } from './settings.ts';

/** Percentiles over visits, of what the middle join of each took; ms. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

export interface NetworkSummary {
  readonly network: Network;
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
  /** Click on Join → first picture, and link opened → first picture; null when no visit measured it. */
  readonly warm: Percentiles | null;
  readonly cold: Percentiles | null;
}

/** The q-quantile (0…1) by the nearest-rank method. */
function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

function percentiles(rows: readonly JoinRow[], metric: string): Percentiles | null {
  const values = rows.flatMap(({ metrics }) => metrics[metric] ?? []).sort((a, b) => a - b);
  if (values.length === 0) return null;
  return { p50: quantile(values, 0.5), p95: quantile(values, 0.95), max: quantile(values, 1) };
}

/** What rows come to, network by network. */
export function summarise(rows: readonly JoinRow[]): NetworkSummary[] {
  return [...new Set(rows.map(({ network }) => network))].map((network) => {
    const here = rows.filter((row) => row.network === network);
    const count = (outcome: JoinRow['outcome']): number => here.filter((row) => row.outcome === outcome).length;
    return {
      network,
      ok: count('ok'),
      failed: count('failed'),
      skipped: count('skipped'),
      warm: percentiles(here, 'join_warm_ms_p50'),
      cold: percentiles(here, 'join_cold_ms_p50'),
    };
  });
}
