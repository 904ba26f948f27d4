import type { Logger as TypeOrmLogger } from 'typeorm';
import type { Logger } from '../telemetry/index.js';

/** Slower than this is worth a line; the statement's values are not, they may be personal. */
export const slowQueryMs = 1_000;

/**
 * TypeORM's messages as lines of our logger instead of the console. Failed statements are not logged here: whoever ran
 * them gets the error and knows whether it matters.
 */
export class PinoTypeOrmLogger implements TypeOrmLogger {
  constructor(private readonly log_: Logger) {}

  logQuery(): void {}

  logQueryError(): void {}

  logQuerySlow(ms: number, statement: string): void {
    this.log_.warn({ ms, statement: statement.replaceAll(/\s+/g, ' ').slice(0, 300) }, 'slow statement');
  }

  logSchemaBuild(): void {}

  logMigration(): void {}

  log(level: 'log' | 'info' | 'warn', message: unknown): void {
    this.log_[level === 'warn' ? 'warn' : 'debug'](String(message));
  }
}
