import type { DataSource } from 'typeorm';
import { dataSource } from './open.js';
import type { OperatorConfig } from '../config/index.js';
import type { Logger } from '../telemetry/index.js';
import { migrations as shipped, type Migration } from './migrations/index.js';

/** Any number, the same for everyone who migrates: two migrators at once wait for each other. */
const lockKey = 7_209_311;

/** A migration may rewrite a table: minutes, not the application's seconds. */
const statementTimeoutMs = 15 * 60_000;

/**
 * Applies what is missing, in order, each in a transaction of its own, as lyceum_migrator acting for lyceum_owner.
 * @returns the names that were applied; empty when the schema was up to date.
 */
export async function migrate(
  config: OperatorConfig['database'],
  log: Logger,
  migrations: readonly Migration[] = shipped,
): Promise<string[]> {
  const options = { poolSize: 2, application: 'lyceum-migrate', statementTimeoutMs };
  const source = dataSource(config, config.migrator, options);
  await source.initialize();
  try {
    return await applyMissing(source, log, migrations);
  } finally {
    await source.destroy();
  }
}

async function applyMissing(source: DataSource, log: Logger, migrations: readonly Migration[]): Promise<string[]> {
  const guard = source.createQueryRunner();
  try {
    await guard.query('select pg_advisory_lock($1)', [lockKey]);
    const done = await appliedMigrations(source);
    const applied: string[] = [];
    for (const migration of missing(migrations, done)) {
      const started = performance.now();
      await apply(source, migration);
      applied.push(label(migration));
      log.info({ migration: label(migration), ms: Math.round(performance.now() - started) }, 'migration applied');
    }
    return applied;
  } finally {
    await guard.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => undefined);
    await guard.release();
  }
}

/** @throws Error when numbers repeat, or a number ran under another name: history must not be rewritten. */
export function missing(migrations: readonly Migration[], done: ReadonlyMap<number, string>): Migration[] {
  const ordered = [...migrations].sort((a, b) => a.number - b.number);
  ordered.forEach((migration, index) => {
    if (ordered[index + 1]?.number === migration.number)
      throw new Error(`two migrations have number ${migration.number}`);
    const ran = done.get(migration.number);
    if (ran !== undefined && ran !== migration.name) {
      throw new Error(`migration ${migration.number} ran as ${ran} and is called ${migration.name} now`);
    }
  });
  return ordered.filter((migration) => !done.has(migration.number));
}

async function appliedMigrations(source: DataSource): Promise<Map<number, string>> {
  await asOwner(source, async (query) => {
    await query(`create table if not exists migration (
      number integer primary key, name text not null, applied_at timestamptz not null default now())`);
  });
  const rows: { number: number; name: string }[] = await source.query('select number, name from migration');
  return new Map(rows.map((row) => [row.number, row.name]));
}

async function apply(source: DataSource, migration: Migration): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query('set local role lyceum_owner');
    await migration.up(runner);
    await runner.query('insert into migration (number, name) values ($1, $2)', [migration.number, migration.name]);
    await runner.commitTransaction();
  } catch (cause) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`migration ${label(migration)} failed: ${reason}`, { cause });
  } finally {
    await runner.release();
  }
}

async function asOwner(
  source: DataSource,
  fn: (query: (sql: string) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  await source.transaction(async (manager) => {
    await manager.query('set local role lyceum_owner');
    await fn((sql) => manager.query(sql));
  });
}

const label = (migration: Migration) => `${String(migration.number).padStart(4, '0')}-${migration.name}`;
