import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RequestContext } from '../context/index.js';
import type { Database } from '../database/index.js';
import { openDatabase } from '../database/open.js';
import { processLogger } from '../telemetry/index.js';
import { applianceForTests } from './appliance-for-tests.js';
import { DataKeys } from './data-keys.js';
import { RotateKeysJob } from './jobs/rotate-keys.job.js';
import { KeysClient } from './keys-client.js';
import { DataKeyEntity } from './persistence/data-key.entity.js';
import { TenantKeyEntity } from './persistence/tenant-key.entity.js';
import { TenantKeys } from './tenant-keys.js';

const config = applianceForTests();
const KEY_BYTES = 32;

describe('SE-02 tenant and data keys', () => {
  let database: Database;
  const client = new KeysClient(config.keys);
  const tenants: string[] = [];

  /** Services as another process would have them: with nothing cached. */
  function process(): { tenantKeys: TenantKeys; dataKeys: DataKeys } {
    const tenantKeys = new TenantKeys(database, client);
    return { tenantKeys, dataKeys: new DataKeys(database, client, tenantKeys) };
  }

  async function tenant(): Promise<RequestContext> {
    const id = randomUUID();
    const slug = `keys-${id.slice(0, 8)}`;
    const { region } = config;
    await database.platform((manager) =>
      manager.query('insert into tenant (id, slug, name, realm, region) values ($1, $2, $2, $2, $3)', [
        id,
        slug,
        region,
      ]),
    );
    tenants.push(id);
    return RequestContext.system({ id, slug, name: slug, realm: slug, region }, 'keys test');
  }

  beforeAll(async () => {
    database = await openDatabase(config.database, 'keys-test', [TenantKeyEntity, DataKeyEntity], processLogger());
  });

  afterAll(async () => {
    await database.platform((manager) =>
      manager.query('update tenant set closed_at = now() where id = any($1)', [tenants]),
    );
    await database.close();
    await client.close();
  });

  it('SE-02 stores the wrapped key before it is returned, and opens it in another process', async () => {
    const ctx = await tenant();
    const subject = { kind: 'recording.track', recordingId: randomUUID(), participantId: randomUUID() };
    const { id, key } = await process().dataKeys.create(ctx, subject);
    expect(key).toHaveLength(KEY_BYTES);
    const row = await database.transaction(ctx, 'read', ({ manager }) =>
      manager.findOneByOrFail(DataKeyEntity, { tenantId: ctx.tenant.id, id }),
    );
    expect(row).toMatchObject({ ...subject, tenantKeyVersion: 1, destroyedAt: null });
    expect(row.wrapped?.includes(key)).toBe(false);
    expect(await process().dataKeys.open(ctx, id)).toEqual(key);
  });

  it('SE-02 refuses to make a key that a rollback could lose', async () => {
    const ctx = await tenant();
    await expect(
      database.transaction(ctx, 'write', (tx) => process().dataKeys.create(tx, { kind: 'content' })),
    ).rejects.toThrow('inside a transaction');
  });

  it('SE-02 makes one first tenant key, whoever comes first', async () => {
    const ctx = await tenant();
    const made = await Promise.all(
      Array.from({ length: 4 }, () => process().dataKeys.create(ctx, { kind: 'content' })),
    );
    for (const { id, key } of made) expect(await process().dataKeys.open(ctx, id)).toEqual(key);
    const rows = await database.transaction(ctx, 'read', ({ manager }) => manager.find(TenantKeyEntity));
    expect(rows).toHaveLength(1);
  });

  it('SE-02 hides keys from another tenant, in the services and in SQL', async () => {
    const [ctx, other] = [await tenant(), await tenant()];
    const { id } = await process().dataKeys.create(ctx, { kind: 'content' });
    await process().tenantKeys.ensure(other);
    await expect(process().dataKeys.open(other, id)).rejects.toMatchObject({ code: 'KEYS.NOT_FOUND', status: 404 });
    expect(await process().dataKeys.destroy(other, { id })).toBe(0);
    const seen = await database.transaction(other, 'read', ({ manager }) => manager.findBy(DataKeyEntity, { id }));
    expect(seen).toEqual([]);
    // The row copied into the other tenant: the tenant key it is wrapped by is not that tenant's.
    const row = await database.transaction(ctx, 'read', ({ manager }) =>
      manager.findOneByOrFail(DataKeyEntity, { id }),
    );
    await database.transaction(other, 'write', ({ manager }) =>
      manager.insert(DataKeyEntity, { ...row, tenantId: other.tenant.id }),
    );
    await expect(process().dataKeys.open(other, id)).rejects.toMatchObject({ code: 'KEYS.REFUSED' });
  });

  it('SE-02 destroys keys by recording, and what was destroyed stays so', async () => {
    const ctx = await tenant();
    const { dataKeys } = process();
    const recordingId = randomUUID();
    const doomed = [
      await dataKeys.create(ctx, { kind: 'recording.track', recordingId }),
      await dataKeys.create(ctx, { kind: 'recording.index', recordingId }),
    ];
    const kept = await dataKeys.create(ctx, { kind: 'recording.track', recordingId: randomUUID() });
    expect(await dataKeys.destroy(ctx, { recordingId })).toBe(2);
    expect(await dataKeys.destroy(ctx, { recordingId })).toBe(0);
    for (const { id } of doomed) {
      await expect(dataKeys.open(ctx, id)).rejects.toMatchObject({ code: 'KEYS.DESTROYED', status: 410 });
    }
    expect(await process().dataKeys.open(ctx, kept.id)).toEqual(kept.key);
  });

  it('SE-02 rotates the tenant key and moves data keys under it in the background', async () => {
    const ctx = await tenant();
    const { tenantKeys, dataKeys } = process();
    const old = [];
    for (let index = 0; index < 5; index++) old.push(await dataKeys.create(ctx, { kind: 'content' }));
    await dataKeys.destroy(ctx, { id: old[4]?.id ?? '' });
    expect(await tenantKeys.rotate(ctx)).toEqual({ version: 2 });
    const fresh = await dataKeys.create(ctx, { kind: 'content' });
    const moved = [
      await dataKeys.rewrapSome(ctx, 3),
      await dataKeys.rewrapSome(ctx, 3),
      await dataKeys.rewrapSome(ctx, 3),
    ];
    expect(moved).toEqual([3, 1, 0]);
    for (const { id, key } of [...old.slice(0, 4), fresh]) expect(await process().dataKeys.open(ctx, id)).toEqual(key);
    const left = await database.transaction(ctx, 'read', ({ manager }) =>
      manager.countBy(DataKeyEntity, { tenantKeyVersion: 1 }),
    );
    expect(left).toBe(1);
  });

  it('SE-02 rotates as a job that can be repeated and cancelled', async () => {
    const ctx = await tenant();
    const { tenantKeys, dataKeys } = process();
    const { id, key } = await dataKeys.create(ctx, { kind: 'content' });
    const job = new RotateKeysJob(tenantKeys, dataKeys);
    const context = { ctx, id: randomUUID(), name: 'keys.rotate', attempt: 1, progress: async () => undefined };
    const payload = { fromVersion: 1 };
    await expect(job.run({ ...context, payload, signal: AbortSignal.abort() })).rejects.toThrow();
    for (let run = 0; run < 2; run++) await job.run({ ...context, payload, signal: new AbortController().signal });
    expect(await tenantKeys.current(ctx)).toMatchObject({ version: 2 });
    const row = await database.transaction(ctx, 'read', ({ manager }) =>
      manager.findOneByOrFail(DataKeyEntity, { id }),
    );
    expect(row.tenantKeyVersion).toBe(2);
    expect(await process().dataKeys.open(ctx, id)).toEqual(key);
  });
});
