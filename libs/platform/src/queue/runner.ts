import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { RequestContext, type Tenant } from '../context/index.js';
import { Database } from '../database/index.js';
import { toLyceumError } from '../errors/index.js';
import { claim, finish, giveBack, leaseSeconds, renew, type ClaimedJob } from './claims.js';
import { Dispatcher } from './dispatcher.js';
import type { JobContext } from './handler.js';
import { HandlerTable } from './handler-table.js';

const renewEveryMs = (leaseSeconds * 1000) / 3;
const shutdownPatienceMs = 8_000;

/** Why a run was stopped from outside; the reason of the handler's signal. */
type StopReason = 'cancelled' | 'lost' | 'shutdown';

/** Runs one claimed job at a time per call: claim, handler with a lease that is renewed, outcome. */
@Injectable()
export class JobRunnerService implements BeforeApplicationShutdown {
  private readonly active = new Map<AbortController, Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly dispatcher: Dispatcher,
    private readonly handlers: HandlerTable,
  ) {}

  /** Tells every handler to stop and gives it a while: what it leaves undone runs again elsewhere. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const controller of this.active.keys()) controller.abort('shutdown' satisfies StopReason);
    await Promise.race([Promise.allSettled(this.active.values()), sleep(shutdownPatienceMs, null, { ref: false })]);
  }

  /** Runs the job unless somebody else does or did. Never throws for a failing handler: the row tells. */
  async run(tenant: Tenant, jobId: string): Promise<void> {
    const ctx = RequestContext.system(tenant, 'jobs', { requestId: jobId });
    const job = await this.database.transaction(ctx, 'write', (tx) => claim(tx, jobId));
    if (!job) return;
    const controller = new AbortController();
    const run = this.attempt(ctx, job, controller);
    this.active.set(controller, run);
    await run.finally(() => this.active.delete(controller));
  }

  private async attempt(ctx: RequestContext, job: ClaimedJob, controller: AbortController): Promise<void> {
    const timer = setInterval(() => void this.keepLease(ctx, job, controller), renewEveryMs);
    try {
      await this.execute(ctx, job, controller);
      await this.database.transaction(ctx, 'write', (tx) => finish(tx, job, 'done'));
    } catch (thrown) {
      await this.settle(ctx, job, controller.signal, thrown);
    } finally {
      clearInterval(timer);
    }
  }

  private async execute(ctx: RequestContext, job: ClaimedJob, controller: AbortController): Promise<void> {
    const handler = this.handlers.find(job.name);
    if (!handler) throw new Error(`nobody handles jobs called ${job.name}`);
    const started = performance.now();
    const context: JobContext = {
      ctx,
      id: job.id,
      name: job.name,
      payload: job.payload,
      attempt: job.attempt,
      signal: controller.signal,
      progress: (fraction, step) => this.keepLease(ctx, job, controller, { fraction, step: step ?? null }),
    };
    await handler.run(context);
    ctx.log.info({ job: job.name, attempt: job.attempt, ms: Math.round(performance.now() - started) }, 'job done');
  }

  private async keepLease(
    ctx: RequestContext,
    job: ClaimedJob,
    controller: AbortController,
    progress?: { fraction: number; step: string | null },
  ): Promise<void> {
    try {
      const lease = await this.database.transaction(ctx, 'write', (tx) => renew(tx, job, progress));
      if (lease !== 'held') controller.abort(lease satisfies StopReason);
    } catch (err) {
      // PostgreSQL is away for a moment: the lease lasts for two more tries.
      ctx.log.warn({ err, job: job.name }, 'renewing the lease of a job failed');
    }
  }

  private async settle(ctx: RequestContext, job: ClaimedJob, signal: AbortSignal, thrown: unknown): Promise<void> {
    if (signal.aborted && signal.reason === 'cancelled') {
      return this.database.transaction(ctx, 'write', (tx) => finish(tx, job, 'cancelled'));
    }
    const { code } = toLyceumError(thrown);
    ctx.log.error({ err: thrown, job: job.name, attempt: job.attempt, code }, 'job failed');
    // A stopped process is not the job's fault: the attempt doesn't count.
    const stopped = signal.aborted && signal.reason === 'shutdown';
    const again = await this.database.transaction(ctx, 'write', (tx) => giveBack(tx, job, code, stopped));
    if (again) await this.dispatcher.handOver(ctx, job.id);
  }
}
