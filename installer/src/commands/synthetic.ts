import { ensureRehearsal } from '../build/rehearsal.ts';
import { Failure, Misuse } from '../cli/failure.ts';
import { ensurePackages } from '../fetch/debian.ts';
import { Layout } from '../host/layout.ts';
import { lock } from '../host/machine.ts';
import { openAppliance } from '../model/appliance.ts';
import { rehearsalPackages } from '../programs/catalog.ts';
import { peopleFile, readPeople } from '../seed/seed.ts';
import { forgetStart } from '../start/run.ts';
import { removeService, supervisorPid } from '../start/supervisor.ts';
import { History } from '../synthetic/history.ts';
import { keepJoining } from '../synthetic/loop.ts';
import { historyLines } from '../synthetic/print.ts';
import { ensureSyntheticRunning, ensureSyntheticService, synthetic } from '../synthetic/service.ts';
import {
  checkSynthetic,
  defaults,
  forgetSynthetic,
  loadSynthetic,
  minutesIn,
  saveSynthetic,
} from '../synthetic/settings.ts';
import type { Network, SyntheticSettings } from '../synthetic/settings.ts';
import { syntheticState } from '../synthetic/state.ts';
import { summarise } from '../synthetic/summary.ts';

export interface SyntheticOptions {
  readonly every?: string | undefined;
  readonly tenant?: string | undefined;
  readonly network?: string | undefined;
  readonly keep?: string | undefined;
  readonly patience?: string | undefined;
  readonly 'max-load'?: string | undefined;
  readonly last: string;
  readonly json: boolean;
}

/** Whom the rehearsals need. */
const cast = ['anna', 'maya', 'tomas', 'jun'] as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

export async function syntheticCommand(action: string | undefined, options: SyntheticOptions): Promise<number> {
  const layout = Layout.fromEnvironment();
  switch (action) {
    case 'on':
      return on(layout, options);
    case 'off':
      return off(layout);
    case 'status':
      return status(layout, options.json);
    case 'history':
      return history(layout, options);
    // What the supervisor types.
    case 'run':
      return work(layout);
    default:
      throw new Misuse('synthetic knows on, off, status and history');
  }
}

/** Installs what robots need, remembers what was chosen and starts the service. What isn't typed stays as it was chosen. */
async function on(layout: Layout, options: SyntheticOptions): Promise<number> {
  const appliance = openAppliance(layout);
  const settings = chosen(loadSynthetic(layout) ?? defaults, options);
  requireCast(layout, settings.tenant);
  if (!layout.separated && settings.networks.some((network) => network !== 'local')) {
    throw new Failure(
      'synthetic',
      'only root can make the networks tcp and tls',
      './lyceum synthetic on --network local',
    );
  }
  const unlock = lock(layout);
  try {
    await ensurePackages(layout, rehearsalPackages, layout);
    await ensureRehearsal(layout);
    saveSynthetic(layout, settings);
    ensureSyntheticService(appliance);
    if (supervisorPid(layout) !== undefined) await ensureSyntheticRunning(layout);
  } finally {
    unlock();
  }
  const { everyMinutes, networks, tenant } = settings;
  say(`Robots join ${tenant} every ${everyMinutes} minutes (${networks.join(', ')}).`);
  if (supervisorPid(layout) === undefined) say('The appliance is stopped: they begin with the next ./lyceum up.');
  say('        Type: ./lyceum synthetic history   to see what came of it');
  return 0;
}

/** What was typed, over what was chosen before. */
export function chosen(before: SyntheticSettings, options: Omit<SyntheticOptions, 'last' | 'json'>): SyntheticSettings {
  const { every, tenant, network, keep, patience } = options;
  const load = options['max-load'];
  return checkSynthetic(
    {
      ...before,
      ...(every === undefined ? {} : { everyMinutes: minutesIn(every) }),
      ...(tenant === undefined ? {} : { tenant }),
      ...(network === undefined ? {} : { networks: [...new Set(network.split(','))] as Network[] }),
      ...(keep === undefined ? {} : { keepDays: Number(keep) }),
      ...(patience === undefined ? {} : { patience: Number(patience) }),
      ...(load === undefined ? {} : { busyAbove: Number(load) }),
    },
    'what you typed',
  );
}

function requireCast(layout: Layout, tenant: string): void {
  const people = readPeople(layout).filter((person) => person.tenant === tenant);
  const missing = cast.filter((name) => !people.some(({ username }) => username === name));
  if (missing.length === 0) return;
  throw new Failure(
    'synthetic',
    `${peopleFile(layout)} has no ${missing.join(', ')} of ${tenant}, whom the robots play`,
    `./lyceum synthetic on --tenant ${defaults.tenant}`,
  );
}

async function off(layout: Layout): Promise<number> {
  openAppliance(layout);
  const unlock = lock(layout);
  try {
    const was = loadSynthetic(layout) !== undefined;
    forgetSynthetic(layout);
    await removeService(layout, synthetic);
    forgetStart(layout, synthetic);
    say(was ? 'Robots stay away. Their history is kept.' : 'Robots stay away, as before.');
  } finally {
    unlock();
  }
  return 0;
}

/** Status 1 when something is wrong with them, 0 when all is well or they are off. */
async function status(layout: Layout, json: boolean): Promise<number> {
  openAppliance(layout);
  const state = await syntheticState(layout);
  if (json) say(JSON.stringify({ on: state !== undefined, ...state }));
  else if (!state) say('Off.\n        Type: ./lyceum synthetic on   to let robots join every 15 minutes');
  else {
    const { everyMinutes, networks, tenant } = state.settings;
    say(`${state.state}: ${state.why ?? state.note}`);
    say(`every ${everyMinutes} minutes as people of ${tenant} (${networks.join(', ')})`);
  }
  return state === undefined || state.state === 'healthy' ? 0 : 1;
}

function history(layout: Layout, { last, json }: SyntheticOptions): number {
  if (!/^[1-9]\d*$/.test(last)) throw new Misuse(`--last ${last} is not a number of visits`);
  const rows = new History(layout.synthetic).last(Number(last));
  const summary = summarise(rows);
  for (const line of json ? [JSON.stringify({ summary, rows })] : historyLines(rows, summary)) say(line);
  return 0;
}

async function work(layout: Layout): Promise<number> {
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  process.once('SIGINT', () => stop.abort());
  await keepJoining(layout, stop.signal, say);
  return 0;
}
