import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applianceForTests } from '../keys/appliance-for-tests.js';
import type { RequestContext } from '../context/index.js';
import { Database, DatabaseModule, TenantDirectory } from '../database/index.js';
import { openTestDatabase, type TestDatabase } from '../testing/index.js';
import { createRedis } from '../fanout/index.js';
import { processLogger } from '../telemetry/index.js';
import {
  JobHandler,
  JobRunnerModule,
  JobSweeper,
  Jobs,
  QueueModule,
  type JobContext,
  type JobRunner,
} from './index.js';

const config = applianceForTests();
/** Longest wait for something that takes milliseconds on an idle machine. */
const patienceMs = 20_000;

interface Row {
  status: string;
  attempt: number;
  progress: number;
  step: string | null;
  error_code: string | null;
}

const runs: string[] = [];

@JobHandler('spec.steady')
class Steady implements JobRunner {
  async run(job: JobContext): Promise<void> {
    runs.push(job.id);
    await job.progress(0.5, 'half');
  }
}

@JobHandler('spec.shaky')
class Shaky implements JobRunner {
  async run(job: JobContext): Promise<void> {
    runs.push(job.id);
    if (job.attempt < 2) throw new Error('the first attempt fails');
  }
}

@JobHandler('spec.endless')
class Endless implements JobRunner {
  async run(job: JobContext): Promise<void> {
    runs.push(job.id);
    while (!job.signal.aborted) {
      await sleep(50);
      await job.progress(0.1);
    }
    throw new Error('stopped');
  }
}

describe('OP-01 jobs', () => {
  let test: TestDatabase;
  let ctx: RequestContext;
  let app: TestingModule;
  let prefix: string;

  async function boot(handlers: Type[]): Promise<TestingModule> {
    const module = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot(config.database, 'queue-spec'),
        QueueModule.forRoot(config.redis, prefix),
        ...(handlers.length > 0 ? [JobRunnerModule.forRoot({ concurrency: 2 })] : []),
      ],
      providers: handlers,
    })
      // The institutions of specs are closed, so that the running appliance leaves their jobs alone.
      .overrideProvider(TenantDirectory)
      .useValue({ list: async () => [ctx.tenant], byId: async () => ctx.tenant })
      .compile();
    return module.init();
  }

  const read = (id: string): Promise<Row | undefined> =>
    test.database.transaction(ctx, 'read', async (tx) => {
      const rows: Row[] = await tx.manager.query(
        'select status, attempt, progress, step, error_code from job where id = $1',
        [id],
      );
      return rows[0];
    });

  async function until(id: string, status: string): Promise<Row> {
    for (const end = Date.now() + patienceMs; ; await sleep(50)) {
      const row = await read(id);
      if (row?.status === status) return row;
      if (Date.now() > end) throw new Error(`job is ${row?.status ?? 'gone'}, not ${status}`);
    }
  }

  /** What FLUSHALL does to this spec's queue, without touching the appliance's. */
  async function loseRedis(): Promise<void> {
    const redis = createRedis(config.redis, processLogger());
    // SCAN, not KEYS: the users of the appliance's Redis may not call what could stall it.
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1000 }) as AsyncIterable<string[]>) {
      if (keys.length > 0) await redis.del(keys);
    }
    redis.disconnect();
  }

  beforeEach(async () => {
    prefix = `lyceum:bull-spec-${randomUUID()}`;
    runs.length = 0;
    test = await openTestDatabase();
    ctx = await test.tenant();
  });
  afterEach(async () => {
    await app.close();
    await loseRedis();
    await test.close();
  });

  it('OP-01 runs once after the commit and tells how far it is', async () => {
    app = await boot([Steady]);
    const id = await app.get(Jobs).enqueue(ctx, 'spec.steady', { some: 'id' });
    expect(await until(id, 'done')).toMatchObject({ attempt: 1, progress: 1, step: 'half' });
    expect(runs).toEqual([id]);
    const left = await test.database.transaction(ctx, 'read', (tx) =>
      tx.manager.query<unknown[]>('select 1 from outbox'),
    );
    expect(left).toEqual([]);
  });

  it('OP-01 does not exist when the transaction around it rolls back', async () => {
    app = await boot([Steady]);
    let id = '';
    const failing = app.get(Database).transaction(ctx, 'write', async (tx) => {
      id = await app.get(Jobs).enqueue(tx, 'spec.steady', {});
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await read(id)).toBeUndefined();
    await sleep(300);
    expect(runs).toEqual([]);
  });

  it('OP-01 tries again after a failure', async () => {
    app = await boot([Shaky]);
    const id = await app.get(Jobs).enqueue(ctx, 'spec.shaky', {});
    expect(await until(id, 'done')).toMatchObject({ attempt: 2 });
    expect(runs).toEqual([id, id]);
  });

  it('OP-01 ends as failed when its attempts are used up', async () => {
    app = await boot([Shaky]);
    const id = await app.get(Jobs).enqueue(ctx, 'spec.shaky', {}, { maxAttempts: 1 });
    expect(await until(id, 'failed')).toMatchObject({ attempt: 1, error_code: 'INTERNAL.ERROR' });
  });

  it('OP-01 stops when it is cancelled, queued or running', async () => {
    app = await boot([Endless]);
    const jobs = app.get(Jobs);
    const later = await jobs.enqueue(ctx, 'spec.endless', {}, { delayMs: 3_600_000 });
    expect(await jobs.cancel(ctx, later)).toBe(true);
    expect(await read(later)).toMatchObject({ status: 'cancelled', attempt: 0 });
    const now = await jobs.enqueue(ctx, 'spec.endless', {});
    await until(now, 'running');
    expect(await jobs.cancel(ctx, now)).toBe(true);
    await until(now, 'cancelled');
    expect(await jobs.cancel(ctx, now)).toBe(false);
  });

  it('OP-01 is added once while one of its name and key is open', async () => {
    app = await boot([]);
    const add = () => app.get(Jobs).enqueue(ctx, 'spec.steady', {}, { key: 'the recording' });
    const ids = await Promise.all([add(), add(), add()]);
    expect(new Set(ids).size).toBe(1);
  });

  it('OP-01 survives the loss of everything in Redis', async () => {
    app = await boot([]);
    const id = await app.get(Jobs).enqueue(ctx, 'spec.steady', {});
    await loseRedis();
    await app.close();
    app = await boot([Steady]);
    await sleep(500);
    expect(runs).toEqual([]);
    // Its time has long come, and Bull knows nothing of it.
    await test.migrator.query(`update job set run_after = now() - interval '1 minute' where id = $1`, [id]);
    expect(await app.get(JobSweeper).sweep(ctx.tenant)).toBe(1);
    await until(id, 'done');
    expect(runs).toEqual([id]);
  });

  it('OP-01 is run again by another process when its runner died', async () => {
    app = await boot([Steady]);
    const id = await app.get(Jobs).enqueue(ctx, 'spec.steady', {}, { delayMs: 3_600_000 });
    // A runner that claimed it and was killed: the lease has run out.
    await test.migrator.query(
      `update job set status = 'running', attempt = 1, run_after = now() - interval '1 minute',
         lease_until = now() - interval '1 second' where id = $1`,
      [id],
    );
    await app.get(JobSweeper).sweep(ctx.tenant);
    expect(await until(id, 'done')).toMatchObject({ attempt: 2 });
  });
});
