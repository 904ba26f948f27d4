import { chmodSync, lstatSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ensureDirectory, ensureFile, exists, readIfThere } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import type { Component } from '../model/component.ts';
import type { ServiceName } from '../model/names.ts';
import type { Placement } from '../model/placement.ts';
import { resolveFiles } from '../model/placement.ts';
import { environmentDir, logScript, runScript, serviceUser } from '../render/service.ts';
import type { ServiceUser } from '../render/service.ts';

/** Writes a component's configuration files, each readable by its user alone. */
export function ensureConfig(layout: Layout, placement: Placement, component: Component): number {
  const { uid, gid } = serviceUser(layout, component);
  let changed = 0;
  for (const [name, content] of resolveFiles(placement, component)) {
    if (ensureFile(join(layout.configDir(component.name), name), content, { mode: 0o400, uid, gid })) changed += 1;
  }
  return changed;
}

/** Writes a component's service directory for the supervisor. */
export function ensureService(layout: Layout, placement: Placement, component: Component): number {
  const root = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const user = serviceUser(layout, component);
  const environment = environmentDir(layout, component);
  let changed = 0;
  const count = (value: boolean): void => {
    if (value) changed += 1;
  };
  for (const [variable, secret] of Object.entries(component.secretEnvironment)) {
    count(ensureDirectory(environment, { mode: 0o700, ...root }));
    const value = readIfThere(layout.secretFile(component.user, secret)) ?? Buffer.alloc(0);
    // chpst reads these before it gives up its rights, so not even the component's user can.
    count(ensureFile(join(environment, variable), value, { mode: 0o400, ...root }));
  }
  const places = { run: layout.runDir(component.name), runRoot: layout.run, environmentDir: environment };
  const scripts = {
    run: runScript(placement, component, user, places),
    log: logScript(layout, component.name, user),
  };
  return changed + ensureServiceFolder(layout, component.name, scripts, user);
}

/** Writes the directory of one service, for the supervisor to find; `logger` owns its log. */
export function ensureServiceFolder(
  layout: Layout,
  name: ServiceName,
  scripts: { readonly run: string; readonly log: string },
  logger: Pick<ServiceUser, 'uid' | 'gid'>,
): number {
  const root = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const final = join(layout.services, name);
  // A supervisor that runs already takes a new service over within seconds: it must find it whole, and waiting for its
  // turn. Names with a dot are not for it.
  const isNew = !exists(final);
  const folder = isNew ? join(layout.services, `.${name}`) : final;
  let changed = 0;
  const count = (value: boolean): void => {
    if (value) changed += 1;
  };
  count(ensureDirectory(folder, { mode: 0o755, ...root }));
  count(ensureDirectory(join(folder, 'log'), { mode: 0o755, ...root }));
  count(ensureFile(join(folder, 'run'), scripts.run, { mode: 0o755, ...root }));
  count(ensureFile(join(folder, 'log', 'run'), scripts.log, { mode: 0o755, ...root }));
  const { uid, gid } = logger;
  count(ensureFile(join(layout.logDir(name), 'config'), 's1000000\nn10\n', { mode: 0o600, uid, gid }));
  // What the supervisor writes while running lies with the other things that vanish at a boot.
  count(ensureLink(join(folder, 'supervise'), join(layout.run, 'supervise', name)));
  count(ensureLink(join(folder, 'log', 'supervise'), join(layout.run, 'supervise', `${name}.log`)));
  if (isNew) {
    ensureFile(join(folder, 'down'), '', { mode: 0o644, ...root });
    renameSync(folder, final);
  }
  return changed;
}

function ensureLink(path: string, target: string): boolean {
  if (exists(path)) {
    if (lstatSync(path).isSymbolicLink() && readlinkSync(path) === target) return false;
    rmSync(path, { recursive: true });
  }
  symlinkSync(target, path);
  return true;
}

/** Where the supervisor keeps its pipes; made again after a boot. */
export function ensureSuperviseRoot(layout: Layout): void {
  const root = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  ensureDirectory(layout.run, { mode: 0o755, ...root });
  ensureDirectory(join(layout.run, 'supervise'), { mode: 0o755, ...root });
  chmodSync(layout.run, 0o755);
}

/**
 * What a running process was started from: its script, configuration, secrets and certificate. A process whose
 * fingerprint is not the wanted one any more is restarted.
 */
export function fingerprint(layout: Layout, component: Component): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    hash
      .update(path)
      .update('\0')
      .update(readIfThere(path) ?? '')
      .update('\0');
  };
  add(join(layout.services, component.name, 'run'));
  for (const file of component.files) add(join(layout.configDir(component.name), file.name));
  for (const name of component.secrets) add(layout.secretFile(component.user, name));
  if (component.secrets.includes('tls-key')) add(layout.chain);
  return hash.digest('hex');
}
