import { join } from 'node:path';
import { ensureFile, readJson } from './files.ts';
import type { Layout } from './layout.ts';

/** What `up` did outside its own directories, so that `remove` can undo it. */
export interface Manifest {
  /** Debian packages that were not there before. */
  readonly packages: readonly string[];
}

type Appliance = Pick<Layout, 'config'>;

const file = ({ config }: Appliance): string => join(config, 'manifest.json');

export function readManifest(layout: Appliance): Manifest {
  const value = readJson(file(layout)) as Partial<Manifest> | undefined;
  return { packages: value?.packages ?? [] };
}

export function rememberPackages(layout: Appliance, installed: readonly string[]): void {
  if (installed.length === 0) return;
  const packages = [...new Set([...readManifest(layout).packages, ...installed])].sort();
  ensureFile(file(layout), `${JSON.stringify({ packages }, null, 2)}\n`, {
    mode: 0o644,
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
  });
}
