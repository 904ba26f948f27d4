import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../context/index.js';
import { openTestDatabase, type TestDatabase } from '../testing/index.js';
import { Audit, AuditChainer, AuditReader, AuditVerifier, type AuditVerdict } from './index.js';

const writers = 50;
const entriesEach = 4;
const total = writers * entriesEach;

describe('SE-05 the audit trail', () => {
  let test: TestDatabase;
  let audit: Audit;
  let chainer: AuditChainer;
  let verifier: AuditVerifier;

  beforeAll(async () => {
    test = await openTestDatabase();
    audit = new Audit(test.database);
    chainer = new AuditChainer(test.database);
    verifier = new AuditVerifier(test.database);
  });
  afterAll(() => test.close());

  /** Links until nothing waits: the appliance's own chainer may hold the lock now and then. */
  async function linkAll(ctx: RequestContext): Promise<AuditVerdict> {
    for (;;) {
      await chainer.link(ctx);
      const verdict = await verifier.verify(ctx);
      if (verdict.waiting === 0) return verdict;
      await sleep(20);
    }
  }

  async function filled(count: number): Promise<RequestContext> {
    const ctx = await test.tenant();
    for (let index = 0; index < count; index += 1) {
      await audit.record(ctx, { action: 'spec.written', target: { kind: 'spec', id: String(index) }, outcome: 'done' });
    }
    expect(await linkAll(ctx)).toMatchObject({ ok: true, links: count });
    return ctx;
  }

  /** What the verifier says after `tamper` had the migrator's rights; all of it is rolled back. */
  async function verdictAfter(ctx: RequestContext, tamper: (manager: EntityManager) => Promise<unknown>) {
    const runner = test.migrator.createQueryRunner();
    try {
      await runner.startTransaction();
      await runner.query(`select set_config('app.tenant', $1, true)`, [ctx.tenant.id]);
      for (const table of ['audit_entry', 'audit_link']) {
        await runner.query(`alter table ${table} disable trigger append_only`);
      }
      await runner.query('alter table audit_link drop constraint audit_link_tenant_id_entry_id_fkey');
      await tamper(runner.manager);
      return await verifier.verify(ctx.withScope({ manager: runner.manager, mode: 'write', afterCommit: [] }));
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  const linkOf = async (ctx: RequestContext, number: number): Promise<string> => {
    const rows: { entry_id: string }[] = await test.migrator.query(
      'select entry_id from audit_link where tenant_id = $1 and number = $2',
      [ctx.tenant.id, number],
    );
    return rows[0]?.entry_id ?? 'none';
  };

  it(`SE-05 ${writers} parallel writers and two chainers make one chain without a fork`, async () => {
    const ctx = await test.tenant();
    const write = async (writer: number) => {
      for (let index = 0; index < entriesEach; index += 1) {
        await test.database.transaction(ctx, 'write', (tx) =>
          audit.record(tx, { action: 'spec.written', outcome: 'done', detail: { writer, index } }),
        );
      }
    };
    let writing = true;
    const chain = async () => {
      while (writing) await chainer.link(ctx);
    };
    const chainers = [chain(), chain()];
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    writing = false;
    await Promise.all(chainers);
    expect(await linkAll(ctx)).toEqual({ ok: true, links: total, waiting: 0, faults: [] });
  });

  it('SE-05 an entry is stored exactly when what it tells of is', async () => {
    const ctx = await test.tenant();
    const failing = test.database.transaction(ctx, 'write', async (tx) => {
      await audit.record(tx, { action: 'spec.undone', outcome: 'done' });
      await audit.denied(tx, { action: 'spec.denied' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const page = await new AuditReader(test.database).page(ctx, { limit: 10 });
    expect(page.map(({ entry }) => [entry.action, entry.outcome])).toEqual([['spec.denied', 'denied']]);
  });

  it('SE-05 the application can add and read, never change or remove', async () => {
    const ctx = await filled(1);
    for (const table of ['audit_entry', 'audit_link']) {
      for (const statement of [
        `update ${table} set tenant_id = tenant_id`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]) {
        const attempt = test.database.transaction(ctx, 'write', (tx) => tx.manager.query(statement));
        await expect(attempt, statement).rejects.toThrow(/permission denied/);
      }
    }
    await expect(test.migrator.query('delete from audit_entry where false')).resolves.toEqual([[], 0]);
    await expect(test.migrator.query('delete from audit_entry where tenant_id = $1', [ctx.tenant.id])).rejects.toThrow(
      /append-only/,
    );
  });

  it('SE-05 a changed entry is named', async () => {
    const ctx = await filled(5);
    const entryId = await linkOf(ctx, 3);
    const forged = `convert_to(replace(convert_from(entry, 'UTF8'), '"done"', '"denied"'), 'UTF8')`;
    const bytes = await verdictAfter(ctx, (manager) =>
      manager.query(`update audit_entry set entry = ${forged} where tenant_id = $1 and id = $2`, [
        ctx.tenant.id,
        entryId,
      ]),
    );
    expect(bytes.faults).toMatchObject([{ kind: 'changed', number: '3', entryId }]);
    const column = await verdictAfter(ctx, (manager) =>
      manager.query(`update audit_entry set actor_id = 'somebody else' where tenant_id = $1 and id = $2`, [
        ctx.tenant.id,
        entryId,
      ]),
    );
    expect(column.faults).toMatchObject([{ kind: 'changed', number: '3', entryId }]);
  });

  it('SE-05 a changed entry is named even when its link was changed to fit', async () => {
    const ctx = await filled(5);
    const entryId = await linkOf(ctx, 3);
    const verdict = await verdictAfter(ctx, (manager) =>
      manager.query(
        `with forged as (
           update audit_entry set entry = convert_to('{}', 'UTF8') where tenant_id = $1 and id = $2 returning entry)
         update audit_link set entry_hash = sha256((select entry from forged)) where tenant_id = $1 and entry_id = $2`,
        [ctx.tenant.id, entryId],
      ),
    );
    expect(verdict.ok).toBe(false);
    expect(verdict.faults).toEqual(expect.arrayContaining([expect.objectContaining({ number: '3', entryId })]));
  });

  it('SE-05 removed rows are named: an entry, an entry with its link, the tail', async () => {
    const ctx = await filled(5);
    const tenant = ctx.tenant.id;
    const entryId = await linkOf(ctx, 2);
    const entry = await verdictAfter(ctx, (manager) =>
      manager.query('delete from audit_entry where tenant_id = $1 and id = $2', [tenant, entryId]),
    );
    expect(entry.faults).toMatchObject([{ kind: 'removed', number: '2', entryId }]);
    const both = await verdictAfter(ctx, async (manager) => {
      await manager.query('delete from audit_link where tenant_id = $1 and entry_id = $2', [tenant, entryId]);
      await manager.query('delete from audit_entry where tenant_id = $1 and id = $2', [tenant, entryId]);
    });
    expect(both.faults).toMatchObject([{ kind: 'removed', number: '2' }]);
    const tail = await verdictAfter(ctx, (manager) =>
      manager.query('delete from audit_link where tenant_id = $1 and number >= 4', [tenant]),
    );
    expect(tail.faults).toMatchObject([{ kind: 'removed', number: '5', explanation: 'links 4 to 5 are gone' }]);
  });

  it('SE-05 reordered rows are named', async () => {
    const ctx = await filled(5);
    const [second, fourth] = [await linkOf(ctx, 2), await linkOf(ctx, 4)];
    const verdict = await verdictAfter(ctx, async (manager) => {
      for (const [from, to] of [
        [2, 1002],
        [4, 2],
        [1002, 4],
      ]) {
        await manager.query('update audit_link set number = $3 where tenant_id = $1 and number = $2', [
          ctx.tenant.id,
          from,
          to,
        ]);
      }
    });
    const named = verdict.faults.filter((fault) => fault.kind === 'reordered').map((fault) => fault.entryId);
    expect(named).toEqual(expect.arrayContaining([second, fourth]));
  });

  it('SE-05 a row that was slipped in is named', async () => {
    const ctx = await filled(3);
    const entryId = await linkOf(ctx, 1);
    const verdict = await verdictAfter(ctx, async (manager) => {
      await manager.query('delete from audit_link where tenant_id = $1 and number = 3', [ctx.tenant.id]);
      await manager.query(
        `insert into audit_link (tenant_id, number, entry_id, entry_hash, previous_hash, hash)
         select tenant_id, 3, gen_random_uuid(), entry_hash, previous_hash, hash from audit_link
         where tenant_id = $1 and entry_id = $2`,
        [ctx.tenant.id, entryId],
      );
    });
    expect(verdict.ok).toBe(false);
    expect(verdict.faults).toEqual(expect.arrayContaining([expect.objectContaining({ number: '3' })]));
  });

  it('SE-02 a chain says nothing about another institution', async () => {
    const [a, b] = [await filled(2), await test.tenant()];
    expect(await verifier.verify(b)).toEqual({ ok: true, links: 0, waiting: 0, faults: [] });
    expect(await new AuditReader(test.database).page(b, { limit: 10 })).toEqual([]);
    expect(await new AuditReader(test.database).page(a, { limit: 10 })).toHaveLength(2);
  });
});
