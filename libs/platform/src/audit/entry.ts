import { createHash } from 'node:crypto';
import serialize from 'canonicalize';
import { actorIds, type RequestContext } from '../context/index.js';

export type AuditOutcome = 'allowed' | 'denied' | 'done';

export interface AuditInput {
  /** `subject.happened`, e.g. `recording.viewed`. */
  action: string;
  target?: { kind: string; id: string } | undefined;
  outcome: AuditOutcome;
  /** Ids, numbers and code words; no free text and no names: the trail outlives what erasure removes. */
  detail?: Record<string, string | number | boolean>;
}

/** What is hashed. A new field means a new `version`; old entries are never rewritten. */
export interface AuditEntry {
  version: 1;
  id: string;
  tenantId: string;
  /** Server time, ISO 8601 with milliseconds, UTC. */
  recordedAt: string;
  requestId: string;
  actor: { kind: string; id?: string; session?: string };
  action: string;
  outcome: AuditOutcome;
  target?: { kind: string; id: string };
  detail?: Record<string, string | number | boolean>;
}

export function buildEntry(ctx: RequestContext, input: AuditInput, id: string, at: Date): AuditEntry {
  return {
    version: 1,
    id,
    tenantId: ctx.tenant.id,
    recordedAt: at.toISOString(),
    requestId: ctx.requestId,
    actor: actorIds(ctx.actor),
    action: input.action,
    outcome: input.outcome,
    ...(input.target && { target: input.target }),
    ...(input.detail && { detail: input.detail }),
  };
}

/** Canonical JSON (RFC 8785) as UTF-8: the same value gives the same bytes everywhere and for ever. */
export function canonicalBytes(value: unknown): Buffer {
  const text = serialize(value);
  if (text === undefined) throw new Error('an audit entry must be a JSON value');
  return Buffer.from(text, 'utf8');
}

export const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
