import { randomBytes, randomUUID } from 'node:crypto';
import type { RequestContext } from '@lyceum/platform/context';
import { TenantDirectory, type Database, type ListedTenant } from '@lyceum/platform/database';
import type { LyceumError } from '@lyceum/platform/errors';
import type { DataKeys } from '@lyceum/platform/keys';
import type { SegmentIdentity } from '../domain/segment-identity.js';
import { TenantContexts } from './tenant-contexts.js';

export function tenantForTests(): ListedTenant {
  const id = randomUUID();
  return { id, slug: id, name: id, realm: id, region: 'local', accent: null, open: true };
}

export const segmentForTests = (tenantId: string): SegmentIdentity => ({
  tenantId,
  recordingId: randomUUID(),
  participantId: randomUUID(),
  trackId: randomUUID(),
  segmentId: randomUUID(),
  source: 'camera',
  epoch: 'e1',
  dataKeyId: randomUUID(),
  roomOpenedAtMs: 1_800_000_000_000,
});

/** The directory with rows from `tenants`: those in it now, as a query would see them. */
export function contextsForTests(tenants: readonly ListedTenant[]): TenantContexts {
  const database: Pick<Database, 'platform'> = {
    platform: async <T>(_query: unknown) => [...tenants] as T,
  };
  return new TenantContexts(new TenantDirectory(database as Database));
}

/** Transactions that only run what they are given; while `fault` is set they throw it. */
export class FlakyDatabase implements Pick<Database, 'transaction'> {
  fault: Error | null = null;

  async transaction<T>(ctx: RequestContext, _mode: string, fn: (ctx: RequestContext) => Promise<T>): Promise<T> {
    if (this.fault) throw this.fault;
    return fn(ctx);
  }

  asDatabase(): Database {
    return this as Pick<Database, 'transaction'> as Database;
  }
}

/** A key for every id, unless a fault is noted for it. */
export class FlakyKeys implements Pick<DataKeys, 'open'> {
  readonly faults = new Map<string, LyceumError>();
  private readonly keys = new Map<string, Buffer>();

  async open(_ctx: RequestContext, id: string): Promise<Buffer> {
    const fault = this.faults.get(id);
    if (fault) throw fault;
    return this.of(id);
  }

  of(id: string): Buffer {
    const key = this.keys.get(id) ?? randomBytes(32);
    this.keys.set(id, key);
    return key;
  }

  asDataKeys(): DataKeys {
    return this as Pick<DataKeys, 'open'> as DataKeys;
  }
}
