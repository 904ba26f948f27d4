/** What of an error may be in a log line. */
export interface SafeError {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: SafeError;
}

/** Deeper than this nobody reads. */
const deepestCause = 4;

/**
 * An error as a log line shows it: what, where and why. Members that libraries add are left out, for they hold the very
 * values we were working with: TypeORM the parameters of a statement, PostgreSQL the row that broke a rule, ioredis the
 * arguments of AUTH.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, message: depth === 0 ? String(error) : '' };
  const { name, message, stack } = error;
  const code: unknown = Reflect.get(error, 'code');
  const cause = error instanceof AggregateError ? error.errors[0] : error.cause;
  return {
    type: name === 'Error' ? error.constructor.name : name,
    message,
    ...(typeof code === 'string' && { code }),
    ...(stack !== undefined && { stack }),
    ...(cause !== undefined && cause !== null && depth < deepestCause && { cause: safeError(cause, depth + 1) }),
  };
}
