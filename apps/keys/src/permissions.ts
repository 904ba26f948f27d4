import type { KeysOperation } from '@lyceum/platform/keys-protocol';

/**
 * What each peer may ask. The file system decides who can connect to which socket; this decides what that is worth.
 * The operator makes institutions and moves keys under new ones, but has no business with anybody's data.
 */
const allowed: Readonly<Record<string, readonly KeysOperation[]>> = {
  api: ['health', 'createTenantKey', 'createDataKey', 'openDataKey'],
  recorder: ['health', 'createTenantKey', 'createDataKey', 'openDataKey'],
  jobs: ['health', 'createTenantKey', 'createDataKey', 'openDataKey', 'rewrapTenantKey', 'rewrapDataKey'],
  operator: ['health', 'createTenantKey', 'rewrapTenantKey', 'rewrapDataKey'],
};

/** A peer without an entry may only ask whether the process lives. */
export function mayAsk(peer: string, operation: KeysOperation): boolean {
  return (allowed[peer] ?? ['health']).includes(operation);
}
