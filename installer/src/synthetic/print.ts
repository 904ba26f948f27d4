import type { JoinRow } from './history.ts';
import type { NetworkSummary, Percentiles } from './summary.ts';

const ms = (value: number | undefined): string => (value === undefined ? '–' : String(Math.round(value))).padStart(8);

/** Visits as a table, what went wrong below each, and what they come to. */
export function historyLines(rows: readonly JoinRow[], summary: readonly NetworkSummary[]): string[] {
  if (rows.length === 0) return ['No robot has joined yet.'];
  return [
    'began (UTC)        network  outcome   warm ms  cold ms   took',
    ...rows.flatMap(({ at, network, outcome, metrics, seconds, why }) => [
      `${at.slice(0, 16).replace('T', ' ')}   ${network.padEnd(8)} ${outcome.padEnd(8)} ` +
        `${ms(metrics['join_warm_ms_p50'])} ${ms(metrics['join_cold_ms_p50'])} ${`${seconds} s`.padStart(6)}`,
      ...why.map((reason) => `    ${reason}`),
    ]),
    '',
    ...summary.flatMap(({ network, ok, failed, skipped, warm, cold }) => [
      `${network}: ${ok} ok, ${failed} failed, ${skipped} skipped`,
      ...spread('warm', warm),
      ...spread('cold', cold),
    ]),
  ];
}

const spread = (kind: string, of: Percentiles | null): string[] =>
  of ? [`  ${kind}: p50 ${Math.round(of.p50)} ms, p95 ${Math.round(of.p95)} ms, max ${Math.round(of.max)} ms`] : [];
