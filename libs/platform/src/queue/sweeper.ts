import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { RequestContext, type Tenant } from '../context/index.js';
import { Database, TenantDirectory, TenantRounds } from '../database/index.js';
import { Dispatcher } from './dispatcher.js';

const pauseMs = 2_000;
/** How long a job may lie queued after its time before we assume that Bull forgot it (Redis flushed or restarted). */
const forgottenAfterSeconds = 5;
const batchSize = 200;

/** Brings PostgreSQL and Bull together again: hands over what nobody handed, what Redis lost and what a runner dropped. */
@Injectable()
export class JobSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: TenantRounds;

  constructor(
    private readonly database: Database,
    private readonly dispatcher: Dispatcher,
    tenants: TenantDirectory,
  ) {
    this.rounds = new TenantRounds({
      name: 'job sweeper',
      pauseMs,
      tenants: () => tenants.list(),
      work: (tenant) => this.sweep(tenant),
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** Sweeps one institution. @returns how many jobs were handed to Bull. */
  async sweep(tenant: Tenant): Promise<number> {
    const ctx = RequestContext.system(tenant, 'job-sweeper');
    const ids = await this.database.transaction(ctx, 'write', async (tx) => {
      await releaseExpired(tx);
      return forgotten(tx);
    });
    let handed = 0;
    for (const id of ids) {
      // Redis is away: trying the rest now would only wait.
      if (!(await this.dispatcher.handOver(ctx, id))) break;
      handed += 1;
    }
    return handed;
  }
}

/** Jobs whose runner fell silent go back to the queue, or end when they had their attempts. */
async function releaseExpired(ctx: RequestContext): Promise<void> {
  await ctx.manager.query(
    `update job set lease_until = null, error_code = 'JOB.ABANDONED',
       status = case when cancel_requested then 'cancelled' when attempt < max_attempts then 'queued' else 'failed' end,
       finished_at = case when cancel_requested or attempt >= max_attempts then now() end
     where tenant_id = $1 and status = 'running' and lease_until < now()`,
    [ctx.tenant.id],
  );
}

async function forgotten(ctx: RequestContext): Promise<string[]> {
  const rows: { id: string }[] = await ctx.manager.query(
    `select j.id from job j where j.tenant_id = $1 and j.status = 'queued'
       and (j.run_after < now() - $2 * interval '1 second'
         or exists (select 1 from outbox o where o.tenant_id = j.tenant_id and o.job_id = j.id))
     order by j.run_after limit $3`,
    [ctx.tenant.id, forgottenAfterSeconds, batchSize],
  );
  return rows.map((row) => row.id);
}
