import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import type { RequestContext } from '../context/index.js';
import { Database } from '../database/index.js';
import { keysError } from './errors.js';
import { KeyCache } from './key-cache.js';
import { KeysClient } from './keys-client.js';
import { DataKeyEntity } from './persistence/data-key.entity.js';
import { TenantKeys } from './tenant-keys.js';

/** What a data key's bytes are and whom they are about, for retention and erasure. */
export interface DataKeySubject {
  /** Kind for retention, e.g. `recording.track`: lower case letters, dots and dashes. */
  kind: string;
  courseId?: string;
  sessionId?: string;
  recordingId?: string;
  participantId?: string;
  personId?: string;
}

export interface DataKey {
  id: string;
  /** 32 bytes, for FLOE. */
  key: Buffer;
}

/** Which keys to destroy: one, or all of a recording, a seat or a person. */
export type DataKeyFilter = { id: string } | { recordingId: string } | { participantId: string } | { personId: string };

const CACHE_AGE_MS = 60_000;
/** One per participant of every class that a process records or replays at the same time. */
const CACHE_ENTRIES = 2_000;

/** Keys that objects are encrypted with: made, opened and destroyed per tenant. */
@Injectable()
export class DataKeys implements OnApplicationShutdown {
  private readonly cache = new KeyCache(CACHE_AGE_MS, CACHE_ENTRIES);

  constructor(
    private readonly database: Database,
    private readonly client: KeysClient,
    private readonly tenantKeys: TenantKeys,
  ) {}

  /**
   * Makes a key. Its wrapped row is committed before this returns, so no byte is ever encrypted with a key that a crash
   * or a rollback could lose; which is why it must not be called inside a transaction.
   * @throws Error inside a transaction; LyceumError KEYS.UNAVAILABLE.
   */
  async create(ctx: RequestContext, subject: DataKeySubject): Promise<DataKey> {
    if (ctx.inTransaction) throw new Error('DataKeys.create inside a transaction: a rollback would lose the key');
    const id = randomUUID();
    const tenantKey = await this.tenantKeys.current(ctx);
    const dataKey = { id, kind: subject.kind };
    const { key, wrapped } = await this.client.request('createDataKey', { tenantKey, dataKey });
    await this.database.transaction(ctx, 'write', async ({ manager }) => {
      await manager.insert(DataKeyEntity, {
        ...subject,
        id,
        tenantId: ctx.tenant.id,
        region: tenantKey.region,
        tenantKeyVersion: tenantKey.version,
        wrapped: Buffer.from(wrapped, 'base64'),
      });
    });
    return { id, key: this.remember(ctx, id, key) };
  }

  /**
   * The key with this id, 32 bytes; the caller's own copy.
   * @throws LyceumError KEYS.NOT_FOUND (also for another tenant's), KEYS.DESTROYED, KEYS.UNAVAILABLE, KEYS.REFUSED.
   */
  async open(ctx: RequestContext, id: string): Promise<Buffer> {
    const cached = this.cache.get(cacheName(ctx, id));
    if (cached) return cached;
    const row = await this.database.transaction(ctx, 'read', ({ manager }) =>
      manager.findOneBy(DataKeyEntity, { tenantId: ctx.tenant.id, id }),
    );
    if (!row) throw keysError('KEYS.NOT_FOUND', { meta: { id } });
    if (!row.wrapped) throw keysError('KEYS.DESTROYED', { meta: { id } });
    const { key } = await this.client.request('openDataKey', {
      tenantKey: await this.tenantKeys.version(ctx, row.region, row.tenantKeyVersion),
      dataKey: { id, kind: row.kind },
      wrapped: row.wrapped.toString('base64'),
    });
    return this.remember(ctx, id, key);
  }

  /**
   * Destroys keys and with them everything they protect, in the store and in every backup of it. Joins a transaction.
   * Other processes may go on with an opened key for up to a minute.
   * @returns how many keys were destroyed now.
   */
  async destroy(ctx: RequestContext, filter: DataKeyFilter): Promise<number> {
    const ids = await this.database.transaction(ctx, 'write', async ({ manager }) => {
      const where = { tenantId: ctx.tenant.id, ...filter, wrapped: Not(IsNull()) };
      const rows = await manager.find(DataKeyEntity, { where, select: { tenantId: true, id: true } });
      for (const { tenantId, id } of rows) {
        await manager.update(DataKeyEntity, { tenantId, id }, { wrapped: null, destroyedAt: new Date() });
      }
      return rows.map((row) => row.id);
    });
    for (const id of ids) this.cache.delete(cacheName(ctx, id));
    return ids.length;
  }

  /**
   * Moves up to `limit` keys of this tenant under the newest version of its key; the objects stay as they are. For a job
   * that repeats it until it returns 0.
   */
  async rewrapSome(ctx: RequestContext, limit: number): Promise<number> {
    const to = await this.tenantKeys.current(ctx);
    const rows = await this.database.transaction(ctx, 'read', ({ manager }) =>
      manager
        .createQueryBuilder(DataKeyEntity, 'k')
        .where('k.tenant_id = :tenant and k.region = :region', { tenant: ctx.tenant.id, region: to.region })
        .andWhere('k.tenant_key_version < :version and k.wrapped is not null', { version: to.version })
        .orderBy('k.id')
        .limit(limit)
        .getMany(),
    );
    for (const row of rows) await this.rewrap(ctx, row, to);
    return rows.length;
  }

  onApplicationShutdown(): void {
    this.cache.clear();
  }

  private async rewrap(
    ctx: RequestContext,
    row: DataKeyEntity,
    to: Awaited<ReturnType<TenantKeys['current']>>,
  ): Promise<void> {
    if (!row.wrapped) return;
    const { wrapped } = await this.client.request('rewrapDataKey', {
      from: await this.tenantKeys.version(ctx, row.region, row.tenantKeyVersion),
      to,
      dataKey: { id: row.id, kind: row.kind },
      wrapped: row.wrapped.toString('base64'),
    });
    await this.database.transaction(ctx, 'write', async ({ manager }) => {
      // Still wrapped: a key that was destroyed meanwhile must not come back.
      const where = { tenantId: row.tenantId, id: row.id, wrapped: Not(IsNull()) };
      const change = { wrapped: Buffer.from(wrapped, 'base64'), tenantKeyVersion: to.version };
      await manager.update(DataKeyEntity, where, change);
    });
  }

  private remember(ctx: RequestContext, id: string, base64: string): Buffer {
    const key = Buffer.from(base64, 'base64');
    this.cache.set(cacheName(ctx, id), key);
    return key;
  }
}

function cacheName(ctx: RequestContext, id: string): string {
  return `${ctx.tenant.id}/${id}`;
}
