import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../host/exec.ts';
import { ensureFile, exists, readJson } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import { rememberPackages } from '../host/manifest.ts';
import { disableNewServices } from './services.ts';

/** An installation of Debian packages under way: written down before apt starts, so that a killed one can be finished. */
export interface Pending {
  /** Services the machine had before. */
  readonly services: readonly string[];
  readonly packages: readonly string[];
  /** Configuration directory of the appliance that takes the packages along when it is removed; nobody's when left out. */
  readonly config?: string;
}

// In the cache and not in an appliance: packages are the machine's, whichever appliance comes next.
const file = (layout: Layout): string => join(layout.cache, 'installing.json');

export const readPending = (layout: Layout): Pending | undefined => readJson(file(layout)) as Pending | undefined;

export function writePending(layout: Layout, pending: Pending): void {
  const mine = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  mkdirSync(layout.cache, { recursive: true, mode: 0o755 });
  ensureFile(file(layout), `${JSON.stringify(pending, null, 2)}\n`, { mode: 0o644, ...mine });
}

/** Does what comes after apt, for as much as apt has done. */
export async function settlePending(pending: Pending): Promise<void> {
  await disableNewServices(pending.services);
  if (pending.config === undefined || !exists(pending.config)) return;
  const missing = await missingPackages(pending.packages);
  rememberPackages(
    { config: pending.config },
    pending.packages.filter((name) => !missing.includes(name)),
  );
}

export const forgetPending = (layout: Layout): void => rmSync(file(layout), { force: true });

/** Packages of the list that are not installed. */
export async function missingPackages(packages: readonly string[]): Promise<string[]> {
  const { stdout } = await attempt('dpkg-query', ['-W', '-f', '${binary:Package} ${db:Status-Status}\n']);
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(/[: ]/)[0]),
  );
  return [...new Set(packages)].filter((name) => !installed.has(name)).sort();
}
