import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../cli/failure.ts';
import { exists } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';

/** Eight hex digits that change with anything in `value`: part of a cache key. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}

export function fileDigest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** One digest over every file below `folder`, names included. */
export function treeDigest(folder: string, skip: (path: string) => boolean = () => false): string {
  const hash = createHash('sha256');
  const visit = (relative: string): void => {
    const path = join(folder, relative);
    if (skip(relative)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(relative, name));
    } else {
      hash.update(relative).update('\0').update(readFileSync(path)).update('\0');
    }
  };
  visit('');
  return hash.digest('hex').slice(0, 12);
}

/**
 * The cache's folder `key`, produced on first need. It appears whole or not at all (made elsewhere, then renamed), so
 * a killed run leaves nothing half done, and two runs at once don't disturb each other.
 * @returns the folder, and whether it had to be made.
 */
export async function cached(
  layout: Layout,
  key: string,
  produce: (folder: string) => Promise<void>,
): Promise<{ folder: string; made: boolean }> {
  const folder = join(layout.cache, key);
  if (exists(folder)) return { folder, made: false };
  const partial = join(layout.cache, `.partial-${key}-${process.pid}`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o755 });
  try {
    await produce(partial);
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    // Another run was faster: its result is as good.
    if ((codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') && exists(folder)) return { folder, made: false };
    throw error;
  }
  return { folder, made: true };
}

/** Removes what killed runs left in the cache. */
export function sweepCache(layout: Layout): void {
  if (!exists(layout.cache)) return;
  for (const name of readdirSync(layout.cache)) {
    const pid = /^\.partial-.*-(\d+)$/.exec(name)?.[1];
    if (pid && !exists(`/proc/${pid}`)) rmSync(join(layout.cache, name), { recursive: true, force: true });
  }
}
