import type { JoinRow } from './history.ts';
import type { SyntheticSettings } from './settings.ts';

const minuteMs = 60_000;

/** Milliseconds until robots are due, 0 when they are: an interval after the last visit began. */
export function waitMs(lastBegan: number | undefined, everyMinutes: number, now: number): number {
  // A clock that was set back must not keep robots away.
  if (lastBegan === undefined || lastBegan > now) return 0;
  return Math.max(0, lastBegan + everyMinutes * minuteMs - now);
}

/**
 * What is wrong with the newest visits, in words; undefined when nothing is. Every network is judged by its last visit that
 * took place, and silence is a failure too.
 */
export function trouble(
  settings: SyntheticSettings,
  rows: readonly JoinRow[],
  since: number,
  now: number,
): string | undefined {
  const newest = Date.parse(rows.at(-1)?.at ?? '');
  // The service may have been started after the last visit; a visit itself may take ten minutes.
  const heard = Math.max(Number.isNaN(newest) ? 0 : newest, since);
  const patience = (2 * settings.everyMinutes + 10) * minuteMs;
  if (now - heard > patience) return `no robot came for ${Math.round((now - heard) / minuteMs)} minutes`;
  const failed = settings.networks.flatMap((network) => {
    const last = rows.findLast((row) => row.network === network && row.outcome !== 'skipped');
    return last?.outcome === 'failed'
      ? [`${network} at ${last.at.slice(0, 16).replace('T', ' ')}: ${last.why.join('; ')}`]
      : [];
  });
  return failed.length > 0 ? `the last join failed (UTC): ${failed.join(' | ')}` : undefined;
}
