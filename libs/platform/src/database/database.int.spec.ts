import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestContext } from '../context/index.js';
import { openTestDatabase, type TestDatabase } from '../testing/index.js';

describe('SE-02 transactions', () => {
  let test: TestDatabase;
  let ctx: RequestContext;

  const insert = (tx: RequestContext, id: string) =>
    tx.manager.query(
      `insert into job (tenant_id, id, name, payload, status, max_attempts) values ($1, $2, 'spec', '{}', 'done', 1)`,
      [tx.tenant.id, id],
    );
  const exists = (id: string) =>
    test.database.transaction(ctx, 'read', async (tx) => {
      const rows: unknown[] = await tx.manager.query('select 1 from job where id = $1', [id]);
      return rows.length === 1;
    });

  beforeAll(async () => {
    test = await openTestDatabase();
    ctx = await test.tenant();
  });
  afterAll(() => test.close());

  it('SE-02 a nested transaction joins: both commit or none does', async () => {
    const [outer, inner] = [randomUUID(), randomUUID()];
    const failing = test.database.transaction(ctx, 'write', async (tx) => {
      await insert(tx, outer);
      await test.database.transaction(tx, 'write', (nested) => {
        expect(nested.manager).toBe(tx.manager);
        return insert(nested, inner);
      });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await exists(outer)).toBe(false);
    expect(await exists(inner)).toBe(false);
  });

  it('SE-02 a separate transaction survives the rollback of the one around it', async () => {
    const [outer, apart] = [randomUUID(), randomUUID()];
    const failing = test.database.transaction(ctx, 'write', async (tx) => {
      await insert(tx, outer);
      await test.database.separate(tx, 'write', (other) => insert(other, apart));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await exists(outer)).toBe(false);
    expect(await exists(apart)).toBe(true);
  });

  it('SE-02 a write inside of a read is refused', async () => {
    const nested = test.database.transaction(ctx, 'read', (tx) =>
      test.database.transaction(tx, 'write', async () => undefined),
    );
    await expect(nested).rejects.toThrow('a write transaction inside of a read one');
  });

  it('SE-02 hooks run after the commit, in order, and one that fails harms nobody', async () => {
    const id = randomUUID();
    const seen: string[] = [];
    const result = await test.database.transaction(ctx, 'write', async (tx) => {
      await insert(tx, id);
      await test.database.afterCommit(tx, async () => seen.push((await exists(id)) ? 'committed' : 'too early'));
      await test.database.afterCommit(tx, () => {
        throw new Error('contained');
      });
      await test.database.transaction(tx, 'write', (nested) =>
        test.database.afterCommit(nested, () => seen.push('nested')),
      );
      expect(seen).toEqual([]);
      return 'done';
    });
    expect(result).toBe('done');
    expect(seen).toEqual(['committed', 'nested']);
  });

  it('SE-02 hooks of a rolled back transaction never run', async () => {
    let ran = false;
    const failing = test.database.transaction(ctx, 'write', async (tx) => {
      await test.database.afterCommit(tx, () => (ran = true));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(ran).toBe(false);
  });

  it('SE-02 more requests than connections wait for their turn', async () => {
    const ids = Array.from({ length: 60 }, () => randomUUID());
    await Promise.all(ids.map((id) => test.database.transaction(ctx, 'write', (tx) => insert(tx, id))));
    const found = await Promise.all(ids.map(exists));
    expect(found.every(Boolean)).toBe(true);
  });
});
