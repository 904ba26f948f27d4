import type { LyceumError } from '../errors/index.js';
import { storageError } from './errors.js';

const MISSING = new Set(['NoSuchKey', 'NotFound', 'NoSuchBucket', 'NoSuchUpload']);
const DENIED = new Set(['AccessDenied', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidAccessKey']);
const FULL = new Set(['XMinioStorageFull', 'QuotaExceeded', 'InsufficientStorage', 'ENOSPC']);

/** What an S3 server or the way to it said, as an error of ours. Servers that break and those out of reach look alike. */
export function fromS3(error: unknown, name: string): LyceumError {
  const code = codeOf(error);
  const options = { cause: error, meta: { object: name, ...(code && { s3: code }) } };
  if (MISSING.has(code)) return storageError('STORAGE.NOT_FOUND', options);
  if (DENIED.has(code)) return storageError('STORAGE.DENIED', options);
  if (FULL.has(code) || /\b507\b|no space left|ENOSPC/i.test(String(error))) {
    return storageError('STORAGE.FULL', options);
  }
  return storageError('STORAGE.UNAVAILABLE', options);
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}
