import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../host/exec.ts';
import { exists } from '../host/files.ts';

/** Services that Debian's packages bring along and Lyceum runs instances of its own of. */
export const debianServices: readonly string[] = ['coturn', 'nginx', 'redis-server', 'postgresql', 'runit'];

/** Those that this machine has now. */
export function servicesHere(root = '/'): string[] {
  return debianServices.filter((name) =>
    [`lib/systemd/system/${name}.service`, `etc/init.d/${name}`].some((path) => exists(join(root, path))),
  );
}

/** A package enables its service for the next boot; those that came with us are switched off again. */
export async function disableNewServices(before: readonly string[]): Promise<void> {
  for (const name of servicesHere()) {
    if (before.includes(name)) continue;
    await attempt('deb-systemd-helper', ['disable', `${name}.service`]);
    if (isExecutable('/usr/sbin/update-rc.d')) await attempt('/usr/sbin/update-rc.d', [name, 'disable']);
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
