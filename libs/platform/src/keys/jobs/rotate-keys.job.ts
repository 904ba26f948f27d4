import { z } from 'zod';
import { JobHandler, type JobContext, type JobRunner } from '../../queue/index.js';
import { DataKeys } from '../data-keys.js';
import { TenantKeys } from '../tenant-keys.js';

/** `fromVersion` is the version to be left: a job that runs again must not make yet another one. */
const payloadSchema = z.strictObject({ fromVersion: z.int().min(1) });

/** Keys moved between two looks at whether the job was cancelled. */
const BATCH = 100;

/**
 * `keys.rotate`: wraps the tenant's keys by the current root key, makes the next version of the tenant key and moves all
 * data keys under it. Classes and replays go on meanwhile; each key moves in a transaction of its own.
 */
@JobHandler('keys.rotate')
export class RotateKeysJob implements JobRunner {
  constructor(
    private readonly tenantKeys: TenantKeys,
    private readonly dataKeys: DataKeys,
  ) {}

  async run(job: JobContext): Promise<void> {
    const { ctx, signal } = job;
    const { fromVersion } = payloadSchema.parse(job.payload);
    await this.tenantKeys.rewrap(ctx);
    const { version } = await this.tenantKeys.current(ctx);
    if (version === fromVersion) await this.tenantKeys.rotate(ctx);
    let moved = 0;
    for (let batch = BATCH; batch > 0; moved += batch) {
      signal.throwIfAborted();
      batch = await this.dataKeys.rewrapSome(ctx, BATCH);
      await job.progress(0, 'rewrap');
    }
    ctx.log.info({ fromVersion, moved }, 'keys rotated');
  }
}
