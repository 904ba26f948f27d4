import type { Layout } from '../host/layout.ts';
import { serviceState } from '../start/supervisor.ts';
import { History } from './history.ts';
import { trouble } from './schedule.ts';
import { synthetic } from './service.ts';
import { loadSynthetic } from './settings.ts';
import type { SyntheticSettings } from './settings.ts';

export interface SyntheticState {
  readonly state: 'healthy' | 'unhealthy' | 'stopped';
  /** Why it isn't healthy, in words. */
  readonly why: string | null;
  /** What there is to say when it is. */
  readonly note: string;
  readonly pid: number | null;
  readonly settings: SyntheticSettings;
}

/** Enough to hold the last visit of each network, however many were skipped between. */
const looksAt = 200;

/** Whether robots come and can join; undefined when they are off. */
export async function syntheticState(layout: Layout): Promise<SyntheticState | undefined> {
  const settings = loadSynthetic(layout);
  if (!settings) return undefined;
  const { running, pid, seconds } = await serviceState(layout, synthetic.name);
  const rows = new History(layout.synthetic).last(looksAt);
  const now = Date.now();
  const why = running ? trouble(settings, rows, now - seconds * 1000, now) : 'robots are on, and their service is not';
  const last = rows.at(-1);
  return {
    state: !running ? 'stopped' : why === undefined ? 'healthy' : 'unhealthy',
    why: why ?? null,
    note: last ? `last join ${last.at.slice(0, 16).replace('T', ' ')} UTC, ${last.outcome}` : 'no join yet',
    pid: pid ?? null,
    settings,
  };
}
