import { readFileSync, rmSync, statSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { exists, readIfThere } from './files.ts';
import type { Layout } from './layout.ts';

const megabyte = 1024 * 1024;

const release = (): string => readIfThere('/etc/os-release')?.toString('utf8') ?? '';

/** Debian 12: where the packages come from; the names of libraries among them change with every release. */
export function requireDebian(text = release()): void {
  const [id, version] = ['ID', 'VERSION_ID'].map((name) => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(text)?.[1]);
  if (id === 'debian' && version === '12') return;
  const what = id === undefined ? 'an unknown system' : [id, version ?? 'without a version'].join(' ');
  throw new Failure(
    'machine',
    `this is ${what}; the native installation knows Debian 12`,
    'less compose/README.md   for containers, which run on other systems',
  );
}

/** Room that something takes at a path that may not be there yet. */
interface Room {
  readonly path: string;
  readonly megabytes: number;
}

/** A first installation needs room, 5 GB in all; an installed appliance needs air. */
export const roomNeeded = (layout: Layout, first: boolean): readonly Room[] => [
  // Debian's packages: Java and a compiler are the big ones.
  { path: '/usr', megabytes: first && layout.separated ? 900 : 0 },
  { path: layout.cache, megabytes: first ? 2400 : 50 },
  { path: layout.programs, megabytes: first ? 1200 : 100 },
  { path: layout.state, megabytes: first ? 450 : 100 },
  { path: layout.logs, megabytes: 50 },
];

/** Sums what lies on the same file system: each of them fits alone where all of them don't. */
export function perFileSystem(
  rooms: readonly Room[],
  fileSystemOf: (folder: string) => number = (folder) => statSync(folder).dev,
): Room[] {
  const sums = new Map<number, Room>();
  for (const { path, megabytes } of rooms) {
    let folder = path;
    while (!exists(folder)) folder = dirname(folder);
    const key = fileSystemOf(folder);
    const before = sums.get(key);
    sums.set(key, { path: before?.path ?? folder, megabytes: megabytes + (before?.megabytes ?? 0) });
  }
  return [...sums.values()];
}

/** Stops before anything is half written. */
export function requireDisk(layout: Layout, first: boolean): void {
  for (const { path, megabytes } of perFileSystem(roomNeeded(layout, first))) {
    const { bavail, bsize } = statfsSync(path);
    const free = Math.floor((bavail * bsize) / megabyte);
    if (free < megabytes) {
      throw new Failure(
        'disk',
        `the disk is full: the file system of ${path} needs ${megabytes} MB and ${free} MB are free`,
        `df -h ${path}   and free some space, then ./lyceum up`,
      );
    }
  }
}

const lockFile = (layout: Layout): string => join(layout.state, 'lock');

/** The command that is changing this appliance now. */
export function whoChanges(layout: Layout): number | undefined {
  const pid = Number(readIfThere(lockFile(layout))?.toString('utf8') ?? 0);
  return pid > 0 && isLyceum(pid) ? pid : undefined;
}

/** One change at a time: a second command waits for nobody, it says who is at work. A dead owner's lock is taken over. */
export function lock(layout: Layout): () => void {
  const path = lockFile(layout);
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch {
      const pid = whoChanges(layout);
      if (pid !== undefined) {
        throw new Failure('lyceum', `process ${pid} is already changing this appliance`, `wait for it, or kill ${pid}`);
      }
      rmSync(path, { force: true });
    }
  }
}

function isLyceum(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('installer/src/main.ts');
  } catch {
    return false;
  }
}
