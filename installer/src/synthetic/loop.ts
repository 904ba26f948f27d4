import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism, loadavg, uptime } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../cli/failure.ts';
import type { Layout } from '../host/layout.ts';
import { whoChanges } from '../host/machine.ts';
import { History } from './history.ts';
import type { JoinRow } from './history.ts';
import { waitMs } from './schedule.ts';
import { loadSynthetic } from './settings.ts';
import type { SyntheticSettings } from './settings.ts';
import { visit } from './visit.ts';

/** How often it looks whether robots are due and whether the operator chose something else. */
const lookMs = 5_000;
/** After a boot everything starts at once; that nobody can join then is no news. */
const bootSeconds = 180;

/** Sends robots when they are due, network after network and never two at once, until told to stop. */
export async function keepJoining(layout: Layout, stop: AbortSignal, say: (line: string) => void): Promise<void> {
  const history = new History(layout.synthetic);
  // Kept here too: a disk that takes no rows must not make robots come without a pause.
  let began = Date.parse(history.last(1)[0]?.at ?? '');
  while (!stop.aborted) {
    const settings = loadSynthetic(layout);
    const due = settings && waitMs(Number.isNaN(began) ? undefined : began, settings.everyMinutes, Date.now()) === 0;
    if (!due || hindered(layout)) {
      await sleep(lookMs, undefined, { signal: stop }).catch(() => undefined);
      continue;
    }
    began = Date.now();
    await round(layout, settings, history, stop, say);
  }
}

async function round(
  layout: Layout,
  settings: SyntheticSettings,
  history: History,
  stop: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  for (const network of settings.networks) {
    const busy = busyWith(settings);
    const row = busy ? skipped(settings, network, busy) : await visit(layout, settings, network, stop);
    if (!row || stop.aborted) return;
    say(`${network}: ${row.outcome}${row.why.map((why) => `\n  ${why}`).join('')}`);
    try {
      history.add(row);
      history.forget(settings.keepDays, Date.now());
    } catch (error) {
      say(`the history can't be written: ${messageOf(error)}`);
    }
  }
}

/** Whether something goes on beside which a measurement says nothing: a change of the appliance, a rehearsal, a boot. */
function hindered(layout: Layout): boolean {
  return uptime() < bootSeconds || whoChanges(layout) !== undefined || rehearsalRuns();
}

function rehearsalRuns(): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('apps/rehearsal/dist/main.js');
      } catch {
        // It ended meanwhile.
        return false;
      }
    });
}

function busyWith({ busyAbove }: SyntheticSettings): string | undefined {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  return load / cores > busyAbove ? `the machine was busy: load ${load.toFixed(1)} on ${cores} cores` : undefined;
}

const skipped = ({ tenant }: SyntheticSettings, network: JoinRow['network'], why: string): JoinRow => ({
  at: new Date().toISOString(),
  seconds: 0,
  network,
  tenant,
  outcome: 'skipped',
  why: [why],
  metrics: {},
});
