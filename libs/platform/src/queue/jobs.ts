import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../context/index.js';
import { Database } from '../database/index.js';
import { Dispatcher } from './dispatcher.js';

export interface EnqueueOptions {
  /** While a job of this name and key is queued or running, another one is not added. */
  key?: string;
  /** How long to wait before the first run, milliseconds. */
  delayMs?: number;
  /** Runs before the job counts as failed; default 5. */
  maxAttempts?: number;
}

/** Adds and cancels jobs. The row is the truth; Bull learns of it after the commit. */
@Injectable()
export class Jobs {
  constructor(
    private readonly database: Database,
    private readonly dispatcher: Dispatcher,
  ) {}

  /**
   * Adds a job in the transaction of `ctx` (or one of its own). `payload` must be JSON and hold ids, not content.
   * @returns the id of the job: that of the one already open when `key` matches.
   */
  async enqueue(ctx: RequestContext, name: string, payload: object, options: EnqueueOptions = {}): Promise<string> {
    return this.database.transaction(ctx, 'write', async (tx) => {
      const id = randomUUID();
      const { key = null, delayMs = 0, maxAttempts = 5 } = options;
      const inserted: { id: string }[] = await tx.manager.query(
        `insert into job (tenant_id, id, name, payload, dedupe_key, status, max_attempts, run_after)
         values ($1, $2, $3, $4, $5, 'queued', $6, now() + $7 * interval '1 millisecond')
         on conflict (tenant_id, name, dedupe_key) where dedupe_key is not null and status in ('queued', 'running')
         do nothing returning id`,
        [tx.tenant.id, id, name, JSON.stringify(payload), key, maxAttempts, delayMs],
      );
      if (inserted.length === 0) return this.openJob(tx, name, key);
      await tx.manager.query('insert into outbox (tenant_id, id, job_id) values ($1, $2, $3)', [
        tx.tenant.id,
        randomUUID(),
        id,
      ]);
      await this.database.afterCommit(tx, () => this.dispatcher.handOver(ctx.withScope(null), id));
      return id;
    });
  }

  /** Asks a job to stop: a queued one never runs, a running one sees its signal. @returns whether it was open. */
  async cancel(ctx: RequestContext, id: string): Promise<boolean> {
    return this.database.transaction(ctx, 'write', async (tx) => {
      const [, changed]: [unknown, number] = await tx.manager.query(
        `update job set cancel_requested = true,
           status = case when status = 'queued' then 'cancelled' else status end,
           finished_at = case when status = 'queued' then now() end
         where tenant_id = $1 and id = $2 and status in ('queued', 'running')`,
        [tx.tenant.id, id],
      );
      return changed > 0;
    });
  }

  private async openJob(ctx: RequestContext, name: string, key: string | null): Promise<string> {
    const rows: { id: string }[] = await ctx.manager.query(
      `select id from job where tenant_id = $1 and name = $2 and dedupe_key = $3 and status in ('queued', 'running')`,
      [ctx.tenant.id, name, key],
    );
    const [open] = rows;
    // The other job ended between the two statements: the caller's transaction is retried by whoever called it.
    if (!open) throw new Error(`job ${name}: the open job with this key has just ended`);
    return open.id;
  }
}
