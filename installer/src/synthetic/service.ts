import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StepResult } from '../cli/output.ts';
import { ensureServiceFolder } from '../configure/services.ts';
import { ensureDirectory, ensureFile, readIfThere } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import type { Appliance } from '../model/appliance.ts';
import type { Service } from '../model/component.ts';
import { logScript, quote } from '../render/service.ts';
import { serviceState, startService, stopService } from '../start/supervisor.ts';

/** Robots are no component: they are no part of what the appliance does, and most appliances don't have them. */
export const synthetic: Service = {
  name: 'synthetic',
  title: 'Synthetic joins',
  // A visit that is on its way closes its browsers first.
  stopSeconds: 30,
};

const owner = () => ({ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 });
const markFile = (layout: Layout): string => join(layout.state, 'marks', synthetic.name);

/**
 * The supervisor's script. It runs as whoever installed the appliance, as a rehearsal by hand does: who plays people reads their
 * passwords, and makes network namespaces. Browsers get a home of their own to write to.
 */
export function syntheticScript(layout: Layout, release: string): string {
  const environment = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    HOME: join(layout.synthetic, 'home'),
    LYCEUM_CACHE: layout.cache,
    ...(layout.home === undefined ? {} : { LYCEUM_HOME: layout.home }),
  };
  const words = Object.entries(environment).map(([name, value]) => `${name}=${quote(value)}`);
  return `#!/bin/sh
# ${synthetic.title}, for ${release}. Written by ./lyceum up and ./lyceum synthetic on; edits are overwritten.
exec 2>&1
cd /
umask 077
exec env -i ${words.join(' ')} \\
  ${quote(join(layout.checkout, 'lyceum'))} synthetic run
`;
}

/** Writes its directories for the supervisor. Returns how many things changed. */
export function ensureSyntheticService({ layout, programs }: Pick<Appliance, 'layout' | 'programs'>): number {
  const directories = [layout.synthetic, join(layout.synthetic, 'home'), layout.logDir(synthetic.name)];
  const made = directories.filter((folder) => ensureDirectory(folder, { mode: 0o700, ...owner() })).length;
  const scripts = {
    run: syntheticScript(layout, programs.release),
    log: logScript(layout, synthetic.name, { switchTo: undefined }),
  };
  return made + ensureServiceFolder(layout, synthetic.name, scripts, owner());
}

/** Makes sure that it runs, and from the script that is written now. What was chosen it reads by itself. */
export async function ensureSyntheticRunning(layout: Layout): Promise<StepResult> {
  const script = readFileSync(join(layout.services, synthetic.name, 'run'));
  const wanted = createHash('sha256').update(script).digest('hex');
  const current = readIfThere(markFile(layout))?.toString('utf8') === wanted;
  const { running } = await serviceState(layout, synthetic.name);
  if (running && current) return { changed: 0 };
  await stopService(layout, synthetic);
  await startService(layout, synthetic);
  mkdirSync(join(layout.state, 'marks'), { recursive: true, mode: 0o700 });
  ensureFile(markFile(layout), wanted, { mode: 0o600, ...owner() });
  return { changed: 1 };
}
