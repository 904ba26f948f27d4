import { availableParallelism, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { ensureFile, readJson } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import { run } from '../host/exec.ts';
import { chooseStore, storeMistakes } from './outside-store.ts';
import type { OutsideStore, TypedStore } from './outside-store.ts';

/** What the operator chose when installing; everything else follows from it. */
export interface Settings {
  /** Name browsers use; `localhost` serves this machine only. */
  readonly hostName: string;
  readonly portBase: number;
  /** Address that media is sent to and from. */
  readonly mediaAddress: string;
  readonly region: string;
  /** An object store that is there already; without one, the appliance brings its own. */
  readonly store?: OutsideStore;
}

export const defaultPortBase = 8440;
/** Highest offset a component uses; a port base must leave room for it. */
export const highestOffset = 499;

export function origin(settings: Settings): string {
  return `https://${settings.hostName}:${settings.portBase + 3}`;
}

export function isLocal(settings: Settings): boolean {
  return settings.hostName === 'localhost';
}

/** Workers of each of the two media nodes: together one per core, within a node's range of ports. */
export function workerCount(): number {
  return Math.min(Math.max(Math.ceil(availableParallelism() / 2), 1), 10);
}

const file = (layout: Layout): string => join(layout.config, 'appliance.json');

/** Chosen settings, or undefined before the first `up`. @throws Failure when the file was edited into nonsense. */
export function loadSettings(layout: Layout): Settings | undefined {
  const path = file(layout);
  let value: unknown;
  try {
    value = readJson(path);
  } catch (error) {
    throw new Failure(
      'configuration',
      `${path} is not JSON`,
      `editor ${path}   or remove it and type ./lyceum up`,
      error,
    );
  }
  return value === undefined ? undefined : checkSettings(value, path);
}

/** Parses settings and names every mistake at once. */
export function checkSettings(value: unknown, from: string): Settings {
  const { hostName, portBase, mediaAddress, region, store } = (value ?? {}) as Record<string, unknown>;
  const mistakes: string[] = [];
  if (typeof hostName !== 'string' || !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(hostName)) {
    mistakes.push(`hostName ${JSON.stringify(hostName)} is not a host name`);
  }
  if (
    typeof portBase !== 'number' ||
    !Number.isInteger(portBase) ||
    portBase < 1024 ||
    portBase > 65535 - highestOffset
  ) {
    mistakes.push(`portBase ${JSON.stringify(portBase)} is not a whole number from 1024 to ${65535 - highestOffset}`);
  }
  if (typeof mediaAddress !== 'string' || !/^[0-9a-f.:]+$/i.test(mediaAddress)) {
    mistakes.push(`mediaAddress ${JSON.stringify(mediaAddress)} is not an IP address`);
  }
  if (typeof region !== 'string' || !/^[a-z0-9-]+$/.test(region)) {
    mistakes.push(`region ${JSON.stringify(region)} is not a word of small letters, digits and dashes`);
  }
  if (store !== undefined) mistakes.push(...storeMistakes(store));
  if (mistakes.length > 0) {
    throw new Failure('configuration', `${from}: ${mistakes.join('; ')}`, `correct ${from}, then ./lyceum up`);
  }
  return { hostName, portBase, mediaAddress, region, ...(store === undefined ? {} : { store }) } as Settings;
}

/** Settings for this run: what was typed wins over what was chosen before, and is remembered. */
export async function chooseSettings(
  layout: Layout,
  typed: TypedStore & { host?: string | undefined; portBase?: string | undefined; address?: string | undefined },
): Promise<Settings> {
  const before = loadSettings(layout);
  const hostName = typed.host ?? before?.hostName ?? 'localhost';
  const sameHost = before?.hostName === hostName;
  return checkSettings(
    {
      hostName,
      portBase: typed.portBase === undefined ? (before?.portBase ?? defaultPortBase) : Number(typed.portBase),
      mediaAddress: typed.address ?? (sameHost ? before?.mediaAddress : undefined) ?? (await addressOf(hostName)),
      region: before?.region ?? 'local',
      store: chooseStore(typed, before?.store),
    },
    Object.values(typed).some((word) => word !== undefined) ? 'what you typed' : file(layout),
  );
}

export function saveSettings(layout: Layout, settings: Settings): boolean {
  return ensureFile(file(layout), `${JSON.stringify(settings, null, 2)}\n`, {
    mode: 0o644,
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
  });
}

/** The address of this machine that a name stands for: resolved when that is one of ours, else the first real one. */
async function addressOf(hostName: string): Promise<string> {
  if (hostName === 'localhost') return '127.0.0.1';
  const own = Object.values(networkInterfaces())
    .flat()
    .filter((entry) => entry !== undefined && !entry.internal && entry.family === 'IPv4')
    .map((entry) => entry?.address ?? '');
  const resolved = await run('getent', ['ahostsv4', hostName]).then(
    (text) => text.split(/\s+/).filter((word) => own.includes(word))[0],
    () => undefined,
  );
  const address = resolved ?? own[0];
  if (!address) {
    throw new Failure('network', 'this machine has no address on a network', './lyceum up --host NAME --address IP');
  }
  return address;
}
