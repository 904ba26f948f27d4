import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext, TransactionScope } from '../context/index.js';
import { enterTenant, runContained, runTransaction, type TransactionMode } from './scope.js';

/**
 * The only way to an entity manager. Two pools: the application's role, on which row level security applies, and the
 * platform role, which sees tables without a tenant and nothing else.
 */
export class Database {
  constructor(
    private readonly app: DataSource,
    private readonly platformSource: DataSource,
  ) {}

  /**
   * Runs `fn` in a transaction with the tenant of `ctx` set. Joins when `ctx` is in one already; a write within a read
   * is a mistake and throws. Nothing in `fn` may wait for the network: a connection is held meanwhile.
   */
  async transaction<T>(
    ctx: RequestContext,
    mode: TransactionMode,
    fn: (ctx: RequestContext) => Promise<T>,
  ): Promise<T> {
    if (ctx.scope) {
      if (mode === 'write' && ctx.scope.mode === 'read') throw new Error('a write transaction inside of a read one');
      return fn(ctx);
    }
    const hooks: TransactionScope['afterCommit'] = [];
    const result = await runTransaction(
      this.app.createQueryRunner(),
      (runner) => enterTenant(runner, ctx.tenant.id, mode),
      (manager) => fn(ctx.withScope({ manager, mode, afterCommit: hooks })),
    );
    await runContained(hooks, ctx.log);
    return result;
  }

  /**
   * Like `transaction`, but never joins: for what must be stored whatever becomes of the caller's transaction, such as
   * the audit entry of a denial.
   */
  async separate<T>(ctx: RequestContext, mode: TransactionMode, fn: (ctx: RequestContext) => Promise<T>): Promise<T> {
    return this.transaction(ctx.withScope(null), mode, fn);
  }

  /** Runs `fn` in a transaction of the platform role: tables without a tenant only. */
  async platform<T>(fn: (manager: EntityManager) => Promise<T>): Promise<T> {
    return runTransaction(this.platformSource.createQueryRunner(), async () => undefined, fn);
  }

  /**
   * Runs `fn` once the transaction of `ctx` has committed, never when it rolls back; at once outside of a transaction. A
   * hook that throws is logged and has no other effect. Hooks delay the answer: keep them short.
   */
  async afterCommit(ctx: RequestContext, fn: () => unknown): Promise<void> {
    if (ctx.scope) ctx.scope.afterCommit.push(fn);
    else await runContained([fn], ctx.log);
  }

  /** Whether both roles can log in and query. @throws what the driver throws. */
  async ping(): Promise<void> {
    await Promise.all([this.app.query('select 1'), this.platformSource.query('select 1')]);
  }

  /** Closes both pools; pending transactions end first. */
  async close(): Promise<void> {
    for (const source of [this.app, this.platformSource]) if (source.isInitialized) await source.destroy();
  }
}
