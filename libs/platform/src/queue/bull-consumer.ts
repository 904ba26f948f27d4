import { InjectQueue } from '@nestjs/bull';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bull';
import { TenantDirectory } from '../database/index.js';
import { processLogger } from '../telemetry/index.js';
import { queueName, type HandedJob } from './dispatcher.js';
import { JobRunnerService } from './runner.js';

export const concurrencyKey = Symbol('lyceum:job-concurrency');

/** Takes what Bull hands out. Bull's own retries and stall checks stay unused: the row in PostgreSQL decides. */
@Injectable()
export class BullConsumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @InjectQueue(queueName) private readonly queue: Queue<HandedJob>,
    private readonly tenants: TenantDirectory,
    private readonly runner: JobRunnerService,
    @Inject(concurrencyKey) private readonly concurrency: number,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.on('error', (err: Error) => processLogger().warn({ reason: err.message }, 'Bull'));
    // The promise settles when the queue closes; failing to reach Redis meanwhile is retried within it.
    this.queue
      .process(this.concurrency, (job) => this.take(job))
      .catch((err: unknown) => {
        processLogger().error({ err }, 'taking jobs from Bull ended');
      });
  }

  async beforeApplicationShutdown(): Promise<void> {
    // Takes no new job; runs in progress were told to stop and get their time.
    await this.queue.pause(true, true);
  }

  private async take({ data }: Job<HandedJob>): Promise<void> {
    const tenant = await this.tenants.byId(data.tenantId);
    if (!tenant) return processLogger().warn({ tenantId: data.tenantId }, 'a job of an unknown tenant');
    await this.runner.run(tenant, data.jobId);
  }
}
