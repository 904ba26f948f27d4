import { readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
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

/** Stops before anything is half written. A first installation needs room; an installed appliance needs air. */
export function requireDisk(layout: Layout, first: boolean): void {
  const wanted = [
    { path: layout.cache, megabytes: first ? 2500 : 50 },
    { path: layout.programs, megabytes: first ? 1200 : 100 },
    { path: layout.state, megabytes: first ? 500 : 100 },
    { path: layout.logs, megabytes: 50 },
  ];
  for (const { path, megabytes } of wanted) {
    let folder = path;
    while (!exists(folder)) folder = dirname(folder);
    const { bavail, bsize } = statfsSync(folder);
    const free = Math.floor((bavail * bsize) / megabyte);
    if (free < megabytes) {
      throw new Failure(
        'disk',
        `the disk is full: ${path} needs ${megabytes} MB and ${free} MB are free`,
        `df -h ${folder}   and free some space, then ./lyceum up`,
      );
    }
  }
}

/** One change at a time: a second command waits for nobody, it says who is at work. A dead owner's lock is taken over. */
export function lock(layout: Layout): () => void {
  const path = join(layout.state, 'lock');
  const owner = (): number => Number(readIfThere(path)?.toString('utf8') ?? 0);
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch {
      const pid = owner();
      if (pid > 0 && isLyceum(pid)) {
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
