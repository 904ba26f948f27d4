import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { readSecret, type DatabaseConfig } from '../config/index.js';
import { processLogger, type Logger } from '../telemetry/index.js';
import { Database } from './database.js';
import { PinoTypeOrmLogger, slowQueryMs } from './typeorm-logger.js';

/** An entity class. */
export type EntityClass = abstract new (...args: never[]) => object;

/** PostgreSQL may start at the same moment as we do; longer than this is a fault to report. */
const connectAttempts = 30;
const attemptPauseMs = 1000;

/**
 * A data source that never touches the schema. `statement_timeout` keeps a runaway query from holding a connection for
 * ever, `idle_in_transaction_session_timeout` keeps a lost transaction from holding its locks.
 */
export function dataSource(
  config: Pick<DatabaseConfig, 'host' | 'port' | 'name'>,
  login: { user: string; passwordFile: string },
  options: { poolSize: number; application: string; entities?: readonly EntityClass[]; statementTimeoutMs?: number },
): DataSource {
  return new DataSource({
    type: 'postgres',
    host: config.host,
    port: config.port,
    database: config.name,
    username: login.user,
    password: readSecret(login.passwordFile),
    poolSize: options.poolSize,
    applicationName: options.application,
    entities: [...(options.entities ?? [])],
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logger: new PinoTypeOrmLogger(processLogger()),
    maxQueryExecutionTime: slowQueryMs,
    extra: {
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      idle_in_transaction_session_timeout: 60_000,
      connectionTimeoutMillis: 10_000,
    },
  });
}

/** Opens both pools, waiting half a minute for PostgreSQL to appear. `instance` is shown in pg_stat_activity. */
export async function openDatabase(
  config: DatabaseConfig,
  instance: string,
  entities: readonly EntityClass[],
  log: Logger,
): Promise<Database> {
  const { poolSize } = config;
  const app = dataSource(config, config, { poolSize, application: instance, entities });
  // Platform tables are read seldom and from a cache: two connections are plenty.
  const platform = dataSource(config, config.platform, { poolSize: 2, application: `${instance}-platform`, entities });
  await connect(app, log);
  await connect(platform, log);
  return new Database(app, platform);
}

async function connect(source: DataSource, log: Logger): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await source.initialize();
      return;
    } catch (err) {
      if (attempt >= connectAttempts) throw err;
      log.warn({ attempt, reason: err instanceof Error ? err.message : String(err) }, 'PostgreSQL is not there yet');
      await sleep(attemptPauseMs);
    }
  }
}
