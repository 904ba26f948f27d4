import { readFileSync, statSync } from 'node:fs';

/** Permission bits of group and others: a secret that they may read (or write) is none. */
const othersMask = 0o077;

/** Why `file` can't serve as a secret, in words; null when it can. */
export function secretFault(file: string): string | null {
  let mode: number;
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return `${file} is not a file`;
    mode = stat.mode;
  } catch (error) {
    return `${file} can't be read (${errorCode(error)})`;
  }
  if ((mode & othersMask) !== 0) {
    return `${file} can be read or written by others (mode ${(mode & 0o777).toString(8)}): chmod 600 it`;
  }
  try {
    return readFileSync(file).length === 0 ? `${file} is empty` : null;
  } catch (error) {
    return `${file} can't be read (${errorCode(error)})`;
  }
}

/** The text of a secret's file without surrounding white space. @throws Error when others may read the file. */
export function readSecret(file: string): string {
  const fault = secretFault(file);
  if (fault) throw new Error(fault);
  return readFileSync(file, 'utf8').trim();
}

/**
 * A key of at least `bytes` bytes from a secret's file, written as hex or base64 (either alphabet).
 * @throws Error when others may read the file or the key is too short.
 */
export function readSecretKey(file: string, bytes = 32): Buffer {
  const text = readSecret(file);
  const key = /^([0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length < bytes) throw new Error(`${file} holds ${key.length} bytes of key, ${bytes} are needed`);
  return key;
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
