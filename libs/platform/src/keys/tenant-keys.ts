import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../context/index.js';
import { Database } from '../database/index.js';
import type { WrappedTenantKey } from '../keys-protocol/index.js';
import { KeysClient } from './keys-client.js';
import { TenantKeyEntity } from './persistence/tenant-key.entity.js';

/** Versions of a tenant's key. Only wrapped ones are ever seen here. */
@Injectable()
export class TenantKeys {
  constructor(
    private readonly database: Database,
    private readonly client: KeysClient,
  ) {}

  /** Makes the first version when there is none. Called when an institution is created; harmless when repeated. */
  async ensure(ctx: RequestContext): Promise<void> {
    await this.current(ctx);
  }

  /** The version that wraps new data keys; made when there is none yet. */
  async current(ctx: RequestContext): Promise<WrappedTenantKey> {
    return (await this.newest(ctx)) ?? (await this.create(ctx, 1));
  }

  /** The version that wrapped an existing data key. */
  async version(ctx: RequestContext, region: string, version: number): Promise<WrappedTenantKey> {
    return this.database.transaction(ctx, 'read', async ({ manager }) => {
      const where = { tenantId: ctx.tenant.id, region, version };
      return toWrapped(await manager.findOneByOrFail(TenantKeyEntity, where));
    });
  }

  /**
   * Makes the next version: new data keys use it at once, existing ones are moved by `DataKeys.rewrapSome`.
   * @returns the new version's number.
   */
  async rotate(ctx: RequestContext): Promise<{ version: number }> {
    const { version } = await this.current(ctx);
    return { version: (await this.create(ctx, version + 1)).version };
  }

  /** After the root key was exchanged: wraps all of this tenant's versions by the new one. @returns how many. */
  async rewrap(ctx: RequestContext): Promise<number> {
    const { rootKeyId } = await this.client.request('health', {});
    const old = await this.database.transaction(ctx, 'read', async ({ manager }) => {
      const rows = await manager.findBy(TenantKeyEntity, { tenantId: ctx.tenant.id });
      return rows.filter((row) => row.rootKeyId !== rootKeyId);
    });
    for (const row of old) {
      const result = await this.client.request('rewrapTenantKey', { tenantKey: toWrapped(row) });
      const { tenantId, region, version } = row;
      await this.database.transaction(ctx, 'write', async ({ manager }) => {
        const wrapped = Buffer.from(result.wrapped, 'base64');
        await manager.update(TenantKeyEntity, { tenantId, region, version }, { wrapped, rootKeyId: result.rootKeyId });
      });
    }
    return old.length;
  }

  private async newest(ctx: RequestContext): Promise<WrappedTenantKey | null> {
    return this.database.transaction(ctx, 'read', async ({ manager }) => {
      const { id: tenantId, region } = ctx.tenant;
      const row = await manager.findOne(TenantKeyEntity, { where: { tenantId, region }, order: { version: 'DESC' } });
      return row && toWrapped(row);
    });
  }

  /** Two processes may do this at once: the first row stays, and both go on with what is stored. */
  private async create(ctx: RequestContext, version: number): Promise<WrappedTenantKey> {
    const { id: tenantId, region } = ctx.tenant;
    const { wrapped, rootKeyId } = await this.client.request('createTenantKey', { tenantId, region, version });
    await this.database.transaction(ctx, 'write', async ({ manager }) => {
      const row = { tenantId, region, version, wrapped: Buffer.from(wrapped, 'base64'), rootKeyId };
      await manager.createQueryBuilder().insert().into(TenantKeyEntity).values(row).orIgnore().execute();
    });
    return this.version(ctx, region, version);
  }
}

function toWrapped({ tenantId, region, version, wrapped }: TenantKeyEntity): WrappedTenantKey {
  return { tenantId, region, version, wrapped: wrapped.toString('base64') };
}
