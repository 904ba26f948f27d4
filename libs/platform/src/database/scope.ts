import type { EntityManager, QueryRunner } from 'typeorm';
import type { Logger } from '../telemetry/index.js';

export type TransactionMode = 'read' | 'write';

/**
 * First statement of a transaction: the tenant for row level security, local to the transaction so that a reused
 * connection starts without one; and, for readers, a promise to PostgreSQL that nothing gets written.
 */
export async function enterTenant(runner: QueryRunner, tenantId: string, mode: TransactionMode): Promise<void> {
  await runner.query(
    mode === 'read'
      ? `select set_config('app.tenant', $1, true), set_config('transaction_read_only', 'on', true)`
      : `select set_config('app.tenant', $1, true)`,
    [tenantId],
  );
}

/** Runs `fn` in a transaction of its own; `prepare` comes first in it. Releases the connection whatever happens. */
export async function runTransaction<T>(
  runner: QueryRunner,
  prepare: (runner: QueryRunner) => Promise<void>,
  fn: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  try {
    await runner.startTransaction();
    await prepare(runner);
    const result = await fn(runner.manager);
    await runner.commitTransaction();
    return result;
  } catch (error) {
    // When the connection died the rollback fails too: what went wrong first is what the caller must see.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

/** Runs hooks in order; a failing one is logged and the rest run: the commit is a fact by now. */
export async function runContained(hooks: readonly (() => unknown)[], log: Logger): Promise<void> {
  for (const hook of hooks) {
    try {
      await hook();
    } catch (err) {
      log.error({ err }, 'after-commit hook failed');
    }
  }
}
