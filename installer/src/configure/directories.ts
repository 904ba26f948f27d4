import { join } from 'node:path';
import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { chownTree, ensureDirectory, exists } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import { identityOf } from '../host/users.ts';
import type { Component } from '../model/component.ts';

// Linux's limit for the path of a Unix socket, less the longest name we put under the run directory.
const longestRunDir = 107 - '/postgres/.s.PGSQL.65535'.length;

/** Top directories, passable by everybody; what is below belongs to one user each. Returns how many had to be made. */
export function ensureRoots(layout: Layout): number {
  if (layout.run.length > longestRunDir) {
    throw new Failure(
      'directories',
      `${layout.run} is too long: sockets below it would exceed the system's limit`,
      `LYCEUM_HOME=/a/shorter/path ./lyceum up`,
    );
  }
  const mine = { mode: 0o755, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  let changed = 0;
  for (const root of layout.home ? [layout.home, ...layout.roots] : layout.roots) {
    if (ensureDirectory(root, mine)) changed += 1;
  }
  requirePassable(layout);
  return changed;
}

/** With users of their own, parts must be able to walk down to their directories. */
function requirePassable(layout: Layout): void {
  if (!layout.separated || !layout.home) return;
  for (let path = layout.home; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) {
      throw new Failure(
        'directories',
        `${path} can't be entered by the users that Lyceum's parts run as`,
        `chmod o+x ${path}   or choose another place: LYCEUM_HOME=/srv/lyceum ./lyceum up`,
      );
    }
    if (path === dirname(path)) return;
  }
}

/** Directories of each component, owned by its user and closed to everybody else. */
export function ensureDirectories(layout: Layout, components: readonly Component[]): number {
  const mine = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  let changed = 0;
  const count = (value: boolean): void => {
    if (value) changed += 1;
  };
  count(ensureDirectory(join(layout.config, 'certificates'), { mode: 0o755, ...mine }));
  count(ensureDirectory(layout.services, { mode: 0o755, ...mine }));
  count(ensureDirectory(join(layout.logs, 'install'), { mode: 0o755, ...mine }));
  for (const component of components) {
    const { uid, gid } = identityOf(layout, component.user);
    const own = { mode: 0o700, uid, gid };
    // The directory is root's and its files are the user's: it reads its configuration and can't replace it.
    count(
      ensureDirectory(layout.configDir(component.name), { mode: layout.separated ? 0o750 : 0o700, uid: mine.uid, gid }),
    );
    count(
      ensureDirectory(join(layout.secrets, component.user), {
        mode: layout.separated ? 0o750 : 0o700,
        uid: mine.uid,
        gid,
      }),
    );
    if (component.health.kind !== 'none') count(ensureDirectory(layout.logDir(component.name), own));
    if (component.data) {
      const data = layout.dataDir(component.name);
      const foreign = exists(data) && lstatSync(data).uid !== uid;
      if (foreign) chownTree(data, uid, gid);
      count(ensureDirectory(data, own) || foreign);
      for (const folder of component.folders ?? []) count(ensureDirectory(join(data, folder), own));
    }
    count(ensureRunDirectory(layout, component));
  }
  return changed;
}

/** Separate because the run directory vanishes with every boot. */
export function ensureRunDirectory(layout: Layout, component: Component): boolean {
  if (!component.run) return false;
  const { uid, gid } = identityOf(layout, component.user);
  mkdirSync(layout.run, { recursive: true, mode: 0o755 });
  return ensureDirectory(layout.runDir(component.name), { mode: component.run.mode, uid, gid });
}
