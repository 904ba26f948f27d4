import { pino, type Logger, type LoggerOptions } from 'pino';
import { safeError } from './safe-error.js';

export type { Logger } from 'pino';

export interface LogConfig {
  level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
}

/**
 * Where secrets and personal data could slip into a log line as a property. Redaction is the net under the rule that
 * nobody logs such things, not a licence to do so.
 */
export const redactedPaths = [
  'password',
  'secret',
  'token',
  'seatToken',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'email',
  'displayName',
  'username',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

let current: Logger | undefined;

/** Options of every logger of ours: ISO times, level names, redaction; `process` and `instance` on each line. */
export function loggerOptions(config: LogConfig, process: string, instance: string): LoggerOptions {
  return {
    level: config.level,
    base: { process, instance },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: (error: unknown) => safeError(error) },
    redact: { paths: [...redactedPaths, 'headers["set-cookie"]', '*.headers["set-cookie"]'], censor: '[redacted]' },
  };
}

const stdout = 1;
const stderr = 2;

/**
 * Creates the logger of this process; `processLogger` returns it from then on. Lines are JSON on stdout, or on stderr for
 * a command whose stdout is its result.
 */
export function createLogger(
  config: LogConfig,
  process: string,
  instance: string,
  to: 'stdout' | 'stderr' = 'stdout',
): Logger {
  const destination = pino.destination({ dest: to === 'stdout' ? stdout : stderr, sync: true });
  current = pino(loggerOptions(config, process, instance), destination);
  return current;
}

/** The logger that `createLogger` made; silent in a process that made none (unit tests). */
export function processLogger(): Logger {
  current ??= pino({ enabled: false });
  return current;
}
