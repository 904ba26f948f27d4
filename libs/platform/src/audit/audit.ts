import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../context/index.js';
import { Database } from '../database/index.js';
import { buildEntry, canonicalBytes, type AuditInput } from './entry.js';

/** Writes the audit trail. Entries can be added and read, never changed: the database has no right for more. */
@Injectable()
export class Audit {
  constructor(private readonly database: Database) {}

  /**
   * Adds an entry in the transaction of `ctx`, so that it is stored exactly when what it tells of is; opens a transaction
   * when there is none. @returns the id of the entry.
   */
  async record(ctx: RequestContext, input: AuditInput): Promise<string> {
    const entry = buildEntry(ctx, input, randomUUID(), new Date());
    await this.database.transaction(ctx, 'write', async (tx) => {
      await tx.manager.query(
        `with entry as (
           insert into audit_entry (tenant_id, id, recorded_at, action, outcome, actor_kind, actor_id, target_kind,
             target_id, entry) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning tenant_id, id)
         insert into audit_pending (tenant_id, entry_id) select tenant_id, id from entry`,
        [
          entry.tenantId,
          entry.id,
          entry.recordedAt,
          entry.action,
          entry.outcome,
          entry.actor.kind,
          entry.actor.id ?? null,
          entry.target?.kind ?? null,
          entry.target?.id ?? null,
          canonicalBytes(entry),
        ],
      );
    });
    return entry.id;
  }

  /** Adds the entry of a refusal in a transaction of its own: the caller's is about to be rolled back. */
  async denied(ctx: RequestContext, input: Omit<AuditInput, 'outcome'>): Promise<string> {
    return this.record(ctx.withScope(null), { ...input, outcome: 'denied' });
  }
}
