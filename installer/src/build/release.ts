import {
  chmodSync,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { digest, treeDigest } from '../fetch/cache.ts';
import { exists } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import { bundle, compile } from './compile.ts';
import { runtimeClosure } from './closure.ts';
import type { LockPackages } from './closure.ts';

/** Processes that the appliance runs; a release holds what they need and nothing else. */
const servers = ['apps/api', 'apps/jobs', 'apps/keys', 'apps/media', 'apps/operator', 'apps/recorder'] as const;

const notSource = /(^|\/)(node_modules|dist|coverage|\.lyceum)(\/|$)|\.tsbuildinfo$|\.spec\.tsx?$/;

/** Name of the release that this checkout's sources make: content decides, so nothing changed means nothing to do. */
export function releaseKey(layout: Layout): string {
  const folders = ['apps', 'libs'].map((folder) =>
    treeDigest(join(layout.checkout, folder), (path) => notSource.test(path)),
  );
  const files = [
    ...['package-lock.json', 'package.json', 'tsconfig.base.json', 'tsconfig.json'],
    'installer/src/build/bundle.ts',
  ].map((name) => readFileSync(join(layout.checkout, name), 'utf8'));
  return `release-${digest([folders, files, process.version])}`;
}

/** Builds and deploys the release of this checkout unless it is there already. */
export async function ensureRelease(layout: Layout, key: string): Promise<number> {
  const folder = join(layout.programs, key);
  if (exists(folder)) return 0;
  await compile(layout);
  const partial = join(layout.programs, `.partial-${key}`);
  rmSync(partial, { recursive: true, force: true });
  const lock = JSON.parse(readFileSync(join(layout.checkout, 'package-lock.json'), 'utf8')) as {
    packages: LockPackages;
  };
  const closure = runtimeClosure(lock.packages, servers);
  for (const path of [...closure].sort()) place(layout, path, partial);
  copyTree(join(layout.checkout, 'apps/portal/dist'), join(partial, 'apps/portal/dist'), 'copy', () => false);
  copyTree(join(layout.checkout, 'package.json'), join(partial, 'package.json'), 'copy', () => false);
  await bundle(layout, partial);
  // Part of every bundle now: a second copy would be read by people only, and taken for what runs.
  for (const bundled of ['libs', 'node_modules/@lyceum']) rmSync(join(partial, bundled), { recursive: true });
  renameSync(partial, folder);
  return 1;
}

/**
 * Removes old releases except the one before this (what an operator may want to look at, or go back to), and what killed
 * runs were in the middle of.
 */
export function pruneReleases(layout: Layout, current: string): number {
  for (const name of readdirSync(layout.programs).filter((partial) => partial.startsWith('.partial-')))
    rmSync(join(layout.programs, name), { recursive: true });
  const old = readdirSync(layout.programs)
    .filter((name) => name.startsWith('release-') && name !== current)
    .map((name) => ({ name, made: lstatSync(join(layout.programs, name)).mtimeMs }))
    .sort((a, b) => b.made - a.made)
    .slice(1);
  for (const { name } of old) rmSync(join(layout.programs, name), { recursive: true });
  return old.length;
}

function place(layout: Layout, path: string, partial: string): void {
  const from = join(layout.checkout, path);
  const to = join(partial, path);
  if (!exists(from)) return;
  if (path.startsWith('node_modules/') || path.includes('/node_modules/')) {
    // Nested packages have their own entry in the closure; mediasoup's worker source is megabytes of C++.
    copyTree(
      from,
      to,
      'link',
      (inner) => inner === 'node_modules' || (path.endsWith('/mediasoup') && inner === 'worker'),
    );
    return;
  }
  // A workspace: what was compiled, and the description that says where its doors are.
  for (const part of ['package.json', 'dist', 'assets', 'theme']) {
    if (exists(join(from, part)))
      copyTree(join(from, part), join(to, part), 'copy', (inner) => /\.(spec\.|tsbuildinfo)/.test(inner));
  }
}

/**
 * Copies a tree so that every user can read it. `link` shares the bytes with the checkout where that is safe:
 * npm replaces files and never rewrites them, while a compiler does rewrite its output.
 */
export function copyTree(
  from: string,
  to: string,
  how: 'link' | 'copy',
  skip: (inner: string) => boolean,
  inner = '',
): void {
  const stat = lstatSync(from);
  if (inner && skip(inner)) return;
  if (stat.isSymbolicLink()) {
    mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
    symlinkSync(readlinkSync(from), to);
  } else if (stat.isDirectory()) {
    mkdirSync(to, { recursive: true, mode: 0o755 });
    for (const name of readdirSync(from)) {
      copyTree(join(from, name), join(to, name), how, skip, inner ? `${inner}/${name}` : name);
    }
  } else {
    mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
    // A file that somebody else owns must not become a program of the appliance by being linked into it.
    const shareable =
      how === 'link' && stat.uid === process.getuid?.() && (stat.mode & 0o044) === 0o044 && (stat.mode & 0o022) === 0;
    if (!shareable || !tryLink(from, to)) {
      copyFileSync(from, to);
      chmodSync(to, (stat.mode & 0o100) === 0 ? 0o644 : 0o755);
    }
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    // Another file system, or one without links.
    return false;
  }
}

/** Deploys a folder of the cache under the programs directory, whole or not at all. */
export function deploy(layout: Layout, key: string, fill: (partial: string) => void): number {
  const folder = join(layout.programs, key);
  if (exists(folder)) return 0;
  const partial = join(layout.programs, `.partial-${key}`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o755 });
  fill(partial);
  renameSync(partial, folder);
  return 1;
}
