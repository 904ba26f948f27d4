import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestContext } from '../context/index.js';
import { openTestDatabase, type TestDatabase } from '../testing/index.js';

const insertJob = `insert into job (tenant_id, id, name, payload, status, max_attempts)
  values ($1, $2, 'spec', '{}', 'done', 1)`;

describe('SE-02 what the application can do in SQL', () => {
  let test: TestDatabase;
  let a: RequestContext;
  let b: RequestContext;
  const jobOfA = randomUUID();

  /** Runs SQL as the application's role in a transaction of `ctx`. */
  const sql = <T = unknown>(ctx: RequestContext, text: string, values: unknown[] = []): Promise<T> =>
    test.database.transaction(ctx, 'write', (tx) => tx.manager.query<T>(text, values));

  beforeAll(async () => {
    test = await openTestDatabase();
    [a, b] = [await test.tenant(), await test.tenant()];
    await sql(a, insertJob, [a.tenant.id, jobOfA]);
  });
  afterAll(() => test.close());

  it('SE-02 sees its own rows and not those of another institution', async () => {
    const find = 'select id from job where id = $1';
    expect(await sql(a, find, [jobOfA])).toEqual([{ id: jobOfA }]);
    expect(await sql(b, find, [jobOfA])).toEqual([]);
  });

  it('SE-02 changes and deletes nothing of another institution', async () => {
    expect(await sql(b, `update job set name = 'theirs' where id = $1`, [jobOfA])).toEqual([[], 0]);
    expect(await sql(b, 'delete from job where id = $1', [jobOfA])).toEqual([[], 0]);
    expect(await sql(a, 'select name from job where id = $1', [jobOfA])).toEqual([{ name: 'spec' }]);
  });

  it('SE-02 writes nothing in the name of another institution', async () => {
    await expect(sql(b, insertJob, [a.tenant.id, randomUUID()])).rejects.toThrow(/row-level security/);
    await expect(sql(a, 'update job set tenant_id = $1 where id = $2', [b.tenant.id, jobOfA])).rejects.toThrow(
      /row-level security/,
    );
  });

  it('SE-02 can not refer to a row of another institution', async () => {
    const insertOutbox = 'insert into outbox (tenant_id, id, job_id) values ($1, $2, $3)';
    await expect(sql(b, insertOutbox, [b.tenant.id, randomUUID(), jobOfA])).rejects.toThrow(/foreign key/);
    await sql(a, insertOutbox, [a.tenant.id, randomUUID(), jobOfA]);
  });

  it('SE-02 a statement without a tenant raises instead of finding nothing', async () => {
    const bare = test.migrator.createQueryRunner();
    try {
      await bare.startTransaction();
      await expect(bare.query('select lyceum_tenant()')).rejects.toThrow(/no tenant is set/);
      await bare.rollbackTransaction();
      await bare.startTransaction();
      await expect(bare.query(`select set_config('app.tenant', '', true), lyceum_tenant()`)).rejects.toThrow();
      await bare.rollbackTransaction();
    } finally {
      await bare.release();
    }
    await expect(sql(a, `select set_config('app.tenant', '', true)`)).resolves.toBeDefined();
    await expect(
      test.database.transaction(a, 'read', async (tx) => {
        await tx.manager.query(`select set_config('app.tenant', '', true)`);
        await tx.manager.query('select 1 from job');
      }),
    ).rejects.toThrow(/no tenant is set/);
  });

  it('SE-02 a reused connection does not remember the tenant before', async () => {
    const pools = await Promise.all(
      Array.from({ length: 20 }, (_, index) => sql<{ t: string }[]>(index % 2 ? a : b, 'select lyceum_tenant() as t')),
    );
    pools.forEach(([row], index) => expect(row?.t).toBe((index % 2 ? a : b).tenant.id));
  });

  it('SE-02 can not make itself more than it is', async () => {
    for (const attempt of [
      'set role lyceum_owner',
      'set role lyceum_migrator',
      'alter table job disable row level security',
      'alter table audit_entry disable trigger append_only',
      'create table mine (id int)',
      'select * from tenant',
      'select * from migration',
      'truncate job',
    ]) {
      await expect(sql(a, attempt), attempt).rejects.toThrow(/permission denied|must be owner/);
    }
    // Row level security stays on for a role that may not bypass it: asking for that makes every query fail.
    await expect(
      test.database.transaction(a, 'write', async (tx) => {
        await tx.manager.query('set local row_security = off');
        await tx.manager.query('select * from job');
      }),
    ).rejects.toThrow(/row-level security/);
  });

  it('SE-02 the platform role sees institutions and nothing in them', async () => {
    const platform = (text: string) =>
      test.database.platform(async (manager) => {
        await manager.query(`select set_config('app.tenant', $1, true)`, [a.tenant.id]);
        return manager.query<unknown[]>(text);
      });
    await expect(platform('select id from tenant limit 1')).resolves.toHaveLength(1);
    for (const table of ['job', 'outbox', 'audit_entry', 'audit_link']) {
      await expect(platform(`select * from ${table}`), table).rejects.toThrow(/permission denied/);
    }
    await expect(platform('delete from tenant')).rejects.toThrow(/permission denied/);
  });

  it('SE-02 a read transaction writes nothing', async () => {
    await expect(
      test.database.transaction(a, 'read', (tx) => tx.manager.query(insertJob, [a.tenant.id, randomUUID()])),
    ).rejects.toThrow(/read-only/);
  });
});
