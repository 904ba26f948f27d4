import { createHmac, randomBytes } from 'node:crypto';
import type { DataKeyName, KeysParameters, KeysResult, WrappedTenantKey } from '@lyceum/platform/keys-protocol';
import { KEY_BYTES, NotAuthentic, unwrapKey, wrapKey } from './envelope.js';

type TenantKeyName = Omit<WrappedTenantKey, 'wrapped'>;

/**
 * The hierarchy: the root key wraps tenant keys, a tenant key wraps data keys. Tenant keys exist in the clear only inside
 * a call of this class; data keys leave it, since the processes that hold the bytes must encrypt them.
 */
export class KeyVault {
  private readonly roots: readonly Buffer[];
  readonly rootKeyId: string;

  /**
   * @param region the only region whose tenant keys this process makes or opens.
   * @param current root key that wraps from now on, 32 bytes.
   * @param previous root keys that may still open what they wrapped, until everything is re-wrapped.
   */
  constructor(
    readonly region: string,
    private readonly current: Buffer,
    previous: readonly Buffer[] = [],
  ) {
    this.roots = [current, ...previous];
    if (this.roots.some((root) => root.length !== KEY_BYTES)) throw new Error(`A root key has ${KEY_BYTES} bytes`);
    this.rootKeyId = createHmac('sha256', current).update('lyceum root key id').digest('hex').slice(0, 16);
  }

  /** A new random tenant key, wrapped by the root key. @throws NotAuthentic for another region. */
  createTenantKey(name: KeysParameters<'createTenantKey'>): KeysResult<'createTenantKey'> {
    return using(randomBytes(KEY_BYTES), (key) => this.wrapTenantKey(key, name));
  }

  /** The same tenant key, wrapped by the current root key. */
  rewrapTenantKey({ tenantKey }: KeysParameters<'rewrapTenantKey'>): KeysResult<'rewrapTenantKey'> {
    return using(this.openTenantKey(tenantKey), (key) => this.wrapTenantKey(key, tenantKey));
  }

  /** A new random data key, in the clear and wrapped by the tenant key. */
  createDataKey({ tenantKey, dataKey }: KeysParameters<'createDataKey'>): KeysResult<'createDataKey'> {
    return using(this.openTenantKey(tenantKey), (wrapping) =>
      using(randomBytes(KEY_BYTES), (key) => ({
        key: key.toString('base64'),
        wrapped: wrapKey(wrapping, key, dataContext(tenantKey, dataKey)).toString('base64'),
      })),
    );
  }

  openDataKey({ tenantKey, dataKey, wrapped }: KeysParameters<'openDataKey'>): KeysResult<'openDataKey'> {
    return using(this.openDataKeyBytes(tenantKey, dataKey, wrapped), (key) => ({ key: key.toString('base64') }));
  }

  /** Moves a data key under another version of the same tenant's key, without showing it to the caller. */
  rewrapDataKey({ from, to, dataKey, wrapped }: KeysParameters<'rewrapDataKey'>): KeysResult<'rewrapDataKey'> {
    if (from.tenantId !== to.tenantId) throw new NotAuthentic('a data key never changes its tenant');
    return using(this.openDataKeyBytes(from, dataKey, wrapped), (key) =>
      using(this.openTenantKey(to), (wrapping) => ({
        wrapped: wrapKey(wrapping, key, dataContext(to, dataKey)).toString('base64'),
      })),
    );
  }

  private openDataKeyBytes(tenantKey: WrappedTenantKey, dataKey: DataKeyName, wrapped: string): Buffer {
    return using(this.openTenantKey(tenantKey), (wrapping) =>
      unwrapKey(wrapping, Buffer.from(wrapped, 'base64'), dataContext(tenantKey, dataKey)),
    );
  }

  private wrapTenantKey(key: Buffer, name: TenantKeyName): KeysResult<'createTenantKey'> {
    this.checkRegion(name);
    const wrapped = wrapKey(this.current, key, tenantContext(name)).toString('base64');
    return { wrapped, rootKeyId: this.rootKeyId };
  }

  private openTenantKey(tenantKey: WrappedTenantKey): Buffer {
    this.checkRegion(tenantKey);
    const envelope = Buffer.from(tenantKey.wrapped, 'base64');
    for (const root of this.roots) {
      try {
        return unwrapKey(root, envelope, tenantContext(tenantKey));
      } catch (error) {
        if (!(error instanceof NotAuthentic)) throw error;
      }
    }
    throw new NotAuthentic('no root key opens this tenant key');
  }

  private checkRegion({ region }: TenantKeyName): void {
    if (region !== this.region) throw new NotAuthentic(`keys of another region (${region})`);
  }
}

function tenantContext({ tenantId, region, version }: TenantKeyName): string[] {
  return ['tenant', tenantId, region, String(version)];
}

/** The tenant key's version is left out: re-wrapping under the next version is then visible in the row only. */
function dataContext({ tenantId, region }: TenantKeyName, { id, kind }: DataKeyName): string[] {
  return ['data', tenantId, region, id, kind];
}

/** Runs `fn` with a key and overwrites the key afterwards. */
function using<T>(key: Buffer, fn: (key: Buffer) => T): T {
  try {
    return fn(key);
  } finally {
    key.fill(0);
  }
}
