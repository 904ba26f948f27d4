import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Owner and mode of a file or directory. */
export interface Ownership {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const permissions = 0o7777;

/** Sets mode and owner when they differ. Returns whether they did. */
export function ensureOwnership(path: string, wanted: Ownership): boolean {
  const stat = lstatSync(path);
  let changed = false;
  if (stat.uid !== wanted.uid || stat.gid !== wanted.gid) {
    chownSync(path, wanted.uid, wanted.gid);
    changed = true;
  }
  if ((stat.mode & permissions) !== wanted.mode || changed) {
    chmodSync(path, wanted.mode);
    changed = changed || (stat.mode & permissions) !== wanted.mode;
  }
  return changed;
}

export function ensureDirectory(path: string, wanted: Ownership): boolean {
  const made = mkdirSync(path, { recursive: true, mode: 0o755 }) !== undefined;
  return ensureOwnership(path, wanted) || made;
}

/**
 * Writes a file in one step (a reader sees the old content or the new), with its final owner and mode from the first
 * moment on. Returns false when everything was as wanted.
 */
export function ensureFile(path: string, content: string | Buffer, wanted: Ownership): boolean {
  const current = readIfThere(path);
  if (current !== undefined && current.equals(Buffer.from(content))) return ensureOwnership(path, wanted);
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.partial`);
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(file, Buffer.from(content));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    ensureOwnership(temporary, wanted);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return true;
}

export function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw error;
  }
}

export function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Gives a whole tree to another owner: users that were removed and made again come back with other numbers. The top comes
 * last: whoever finds it given away finds the rest so, too, even after a kill in the middle.
 */
export function chownTree(path: string, uid: number, gid: number): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  if (stat.isDirectory()) for (const name of readdirSync(path)) chownTree(join(path, name), uid, gid);
  if (stat.uid !== uid || stat.gid !== gid) chownSync(path, uid, gid);
}

export function readJson(path: string): unknown {
  const content = readIfThere(path);
  return content === undefined ? undefined : (JSON.parse(content.toString('utf8')) as unknown);
}
