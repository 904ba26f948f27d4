import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { readJson } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import { componentNames } from './names.ts';
import type { ComponentName } from './names.ts';

/** How an appliance is spread over hosts or containers. Without it, everything is on this machine's loopback. */
export interface Spread {
  /** Address at which each component is reached by the others, and which it listens at for them. */
  readonly hosts: Readonly<Partial<Record<ComponentName, string>>>;
  /** Components of this host. */
  readonly here: readonly ComponentName[];
}

/** Reads `placement.json` of the configuration directory, which Compose and Ansible put there. */
export function loadSpread(layout: Layout): Spread | undefined {
  const path = join(layout.config, 'placement.json');
  const value = readJson(path) as Partial<Spread> | undefined;
  if (value === undefined) return undefined;
  const known = new Set<string>(componentNames);
  const mistakes = [
    ...(typeof value.hosts === 'object' && value.hosts !== null ? [] : ['hosts is missing']),
    ...(Array.isArray(value.here) ? [] : ['here is missing']),
    ...[...(value.here ?? []), ...Object.keys(value.hosts ?? {})]
      .filter((name) => !known.has(name))
      .map((name) => `${name} is not a component`),
  ];
  if (mistakes.length > 0) {
    throw new Failure('configuration', `${path}: ${mistakes.join('; ')}`, `correct ${path}, then ./lyceum up`);
  }
  return value as Spread;
}
