import type { Problem } from '@lyceum/contracts';
import { commonError } from './common.js';
import { LyceumError } from './catalog.js';

/** SQLSTATE of a transaction that may simply be tried again: serialization failure, deadlock. */
const retryable = new Set(['40001', '40P01']);

/**
 * Turns whatever was thrown into a coded error. Errors of libraries that carry a 4xx `status` (body parser, router) keep
 * it under a code of ours; anything unknown is INTERNAL.ERROR, with the original as `cause` for the log.
 */
export function toLyceumError(thrown: unknown): LyceumError {
  if (thrown instanceof LyceumError) return thrown;
  const status = numberOf(thrown, 'status') ?? statusByMethod(thrown);
  if (status !== undefined && status >= 400 && status < 500) return clientError(status, thrown);
  if (retryable.has(stringOf(thrown, 'code') ?? '')) return commonError('RESOURCE.CONFLICT', { cause: thrown });
  return commonError('INTERNAL.ERROR', { cause: thrown });
}

/** The object that HTTP and sockets send for `thrown`; a 5xx never says more than its title. */
export function toProblem(thrown: unknown, requestId?: string): Problem {
  const error = toLyceumError(thrown);
  const { title, status, action } = error.definition;
  return {
    type: `urn:lyceum:error:${error.code}`,
    title,
    status,
    code: error.code,
    ...(error.detail !== undefined && { detail: error.detail }),
    ...(action !== undefined && { action }),
    ...(error.issues !== undefined && { issues: error.issues }),
    ...(requestId !== undefined && { requestId }),
  };
}

function clientError(status: number, cause: unknown): LyceumError {
  if (status === 401) return commonError('AUTH.REQUIRED', { cause });
  if (status === 403) return commonError('AUTH.FORBIDDEN', { cause });
  if (status === 404) return commonError('RESOURCE.NOT_FOUND', { cause });
  if (status === 405) return commonError('REQUEST.METHOD', { cause });
  if (status === 413) return commonError('REQUEST.TOO_LARGE', { cause });
  if (status === 415) return commonError('REQUEST.UNSUPPORTED', { cause });
  if (status === 429) return commonError('REQUEST.TOO_MANY', { cause });
  return commonError('REQUEST.REFUSED', { cause });
}

function property(thrown: unknown, key: string): unknown {
  return typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, key) : undefined;
}

function numberOf(thrown: unknown, key: string): number | undefined {
  const value = property(thrown, key);
  return typeof value === 'number' ? value : undefined;
}

function stringOf(thrown: unknown, key: string): string | undefined {
  const value = property(thrown, key);
  return typeof value === 'string' ? value : undefined;
}

/** Nest's HttpException keeps its status behind a method; this module knows nothing of Nest. */
function statusByMethod(thrown: unknown): number | undefined {
  const method = property(thrown, 'getStatus');
  if (typeof method !== 'function') return undefined;
  const status: unknown = Reflect.apply(method, thrown, []);
  return typeof status === 'number' ? status : undefined;
}
