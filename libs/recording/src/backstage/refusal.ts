import { LyceumError } from '@lyceum/platform/errors';

/**
 * Whether an error says no for good: the institution is closed, the key destroyed. Trying again can't change that, while
 * what is away or broken (5xx, or no error of ours at all) comes back. A store that has lost a bucket or a folder is one of
 * those, although it says "not found".
 */
export const isRefusal = (error: unknown): error is LyceumError =>
  error instanceof LyceumError && error.status < 500 && !error.code.startsWith('STORAGE.');
