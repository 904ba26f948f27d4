import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { ensureFile, readJson } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';

/** Where robots sit: on the machine itself, or behind a firewall that lets only the pages and TURN over TCP or TLS through. */
export const networks = ['local', 'tcp', 'tls'] as const;
export type Network = (typeof networks)[number];

/** What the operator chose; joins are on as long as the file with it is there. */
export interface SyntheticSettings {
  readonly everyMinutes: number;
  /** Institution whose people the robots play. */
  readonly tenant: string;
  readonly networks: readonly Network[];
  readonly keepDays: number;
  /** Joins may take this many times the bounds of the rehearsal: a server that has classes is slower than one that rests. */
  readonly patience: number;
  /** Load of each core above which robots stay away, so that they never take a busy class's processor. */
  readonly busyAbove: number;
}

export const defaults: SyntheticSettings = {
  everyMinutes: 15,
  tenant: 'northfield',
  networks: ['local'],
  keepDays: 30,
  patience: 3,
  busyAbove: 0.75,
};

export const settingsFile = (layout: Layout): string => join(layout.config, 'synthetic.json');

/** Undefined when synthetic joins are off. @throws Failure when the file was edited into nonsense. */
export function loadSynthetic(layout: Layout): SyntheticSettings | undefined {
  const path = settingsFile(layout);
  let value: unknown;
  try {
    value = readJson(path);
  } catch (error) {
    throw new Failure('synthetic', `${path} is not JSON`, './lyceum synthetic off   and then on again', error);
  }
  return value === undefined ? undefined : checkSynthetic(value, path);
}

/** Parses settings and names every mistake at once. */
export function checkSynthetic(value: unknown, from: string): SyntheticSettings {
  const given = (value ?? {}) as Record<keyof SyntheticSettings, unknown>;
  const isNumber = (name: keyof SyntheticSettings, least: number, most: number): boolean => {
    const number = given[name];
    return typeof number === 'number' && number >= least && number <= most;
  };
  const known: readonly unknown[] = networks;
  const places = given.networks;
  const mistakes = [
    ...(isNumber('everyMinutes', 1, 1440) ? [] : ['the interval is from 1 minute to 24 hours']),
    ...(isNumber('keepDays', 1, 3650) ? [] : ['history is kept from 1 to 3650 days']),
    ...(isNumber('patience', 0.1, 100) ? [] : ['patience is a number from 0.1 to 100']),
    ...(isNumber('busyAbove', 0.05, 1000) ? [] : ['the load is a number from 0.05 to 1000']),
    ...(typeof given.tenant === 'string' && /^[a-z][a-z0-9-]+$/.test(given.tenant) ? [] : ['the tenant is a slug']),
    ...(Array.isArray(places) && places.length > 0 && places.every((place) => known.includes(place))
      ? []
      : [`networks are one or more of ${networks.join(', ')}`]),
  ];
  if (mistakes.length > 0) {
    throw new Failure(
      'synthetic',
      `${from}: ${mistakes.join('; ')}`,
      './lyceum synthetic on --every 15m --network local',
    );
  }
  return value as SyntheticSettings;
}

export function saveSynthetic(layout: Layout, settings: SyntheticSettings): boolean {
  return ensureFile(settingsFile(layout), `${JSON.stringify(settings, null, 2)}\n`, {
    mode: 0o644,
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
  });
}

export const forgetSynthetic = (layout: Layout): void => rmSync(settingsFile(layout), { force: true });

/** Minutes in `15m`, `2h` or `15`; NaN for anything else. */
export function minutesIn(text: string): number {
  const [, number, unit] = /^(\d+)([mh]?)$/.exec(text) ?? [];
  return number === undefined ? Number.NaN : Number(number) * (unit === 'h' ? 60 : 1);
}
