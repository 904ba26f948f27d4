import type { Logger } from '@lyceum/platform/telemetry';
import { keysRequestSchema, type KeysRequest, type KeysResponse } from '@lyceum/platform/keys-protocol';
import { NotAuthentic } from './envelope.js';
import { mayAsk } from './permissions.js';
import type { KeyVault } from './vault.js';

/**
 * Answers one line from a peer. Never throws and never repeats the request's content: neither the answer nor the log
 * holds a key, wrapped or not.
 */
export function answer(vault: KeyVault, peer: string, line: string, log: Logger): KeysResponse {
  const parsed = parse(line);
  const id = parsed.id;
  if (parsed.request === null) {
    log.warn({ peer }, 'a request that is not valid');
    return { id, ok: false, fault: 'invalid' };
  }
  const { op } = parsed.request;
  if (!mayAsk(peer, op)) {
    log.warn({ peer, op }, 'a request that this peer may not make');
    return { id, ok: false, fault: 'forbidden' };
  }
  try {
    const result = perform(vault, parsed.request);
    log.debug({ peer, op }, 'done');
    return { id, ok: true, result };
  } catch (error) {
    if (error instanceof NotAuthentic) {
      log.warn({ peer, op, reason: error.message }, 'a wrapped key that does not open');
      return { id, ok: false, fault: 'not-authentic' };
    }
    log.error({ peer, op, err: error }, 'a fault');
    return { id, ok: false, fault: 'internal' };
  }
}

function perform(vault: KeyVault, request: KeysRequest): unknown {
  switch (request.op) {
    case 'health':
      return { status: 'ok', region: vault.region, rootKeyId: vault.rootKeyId };
    case 'createTenantKey':
      return vault.createTenantKey(request);
    case 'rewrapTenantKey':
      return vault.rewrapTenantKey(request);
    case 'createDataKey':
      return vault.createDataKey(request);
    case 'openDataKey':
      return vault.openDataKey(request);
    case 'rewrapDataKey':
      return vault.rewrapDataKey(request);
  }
}

/** The request, or null; and its id even when the rest is wrong, so that the peer can tell which one failed. */
function parse(line: string): { id: string; request: KeysRequest | null } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { id: '', request: null };
  }
  const result = keysRequestSchema.safeParse(json);
  if (result.success) return { id: result.data.id, request: result.data };
  const id: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'id') : '';
  return { id: typeof id === 'string' ? id.slice(0, 64) : '', request: null };
}
