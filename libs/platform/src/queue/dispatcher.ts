import { setTimeout as sleep } from 'node:timers/promises';
import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { RequestContext } from '../context/index.js';
import { Database } from '../database/index.js';

export const queueName = 'jobs';

/** What Bull carries: where the row is, and nothing else. */
export interface HandedJob {
  tenantId: string;
  jobId: string;
}

/** Redis may be away; whoever enqueued must not wait for it longer than this, the sweeper hands the row later. */
const patienceMs = 1_000;

interface OpenRow {
  attempt: number;
  delay_ms: number;
}

/** Hands rows to Bull. Doing so twice is harmless: Bull ignores an id it knows, and a run starts with a claim. */
@Injectable()
export class Dispatcher {
  constructor(
    @InjectQueue(queueName) private readonly queue: Queue<HandedJob>,
    private readonly database: Database,
  ) {}

  /** Hands a queued job to Bull and removes it from the outbox. @returns whether Bull took it in time. */
  async handOver(ctx: RequestContext, jobId: string): Promise<boolean> {
    const row = await this.database.transaction(ctx, 'read', async (tx) => {
      const rows: OpenRow[] = await tx.manager.query(
        `select attempt, greatest(0, extract(epoch from run_after - now()) * 1000)::int as delay_ms
         from job where tenant_id = $1 and id = $2 and status = 'queued'`,
        [tx.tenant.id, jobId],
      );
      return rows[0];
    });
    if (row && !(await this.add(ctx, jobId, row))) return false;
    await this.database.transaction(ctx, 'write', async (tx) => {
      await tx.manager.query('delete from outbox where tenant_id = $1 and job_id = $2', [tx.tenant.id, jobId]);
    });
    return true;
  }

  private async add(ctx: RequestContext, jobId: string, row: OpenRow): Promise<boolean> {
    const added = this.queue.add(
      { tenantId: ctx.tenant.id, jobId },
      // One Bull id per attempt, so that a retry is not mistaken for the attempt before.
      { jobId: `${jobId}:${row.attempt}`, delay: row.delay_ms, removeOnComplete: true, removeOnFail: true },
    );
    const settled = added.then(
      () => true,
      (err: unknown) => {
        ctx.log.warn({ err, job: jobId }, 'handing a job to Bull failed');
        return false;
      },
    );
    return Promise.race([settled, sleep(patienceMs, false, { ref: false })]);
  }
}
