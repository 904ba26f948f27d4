import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../context/index.js';
import { Database } from '../database/index.js';
import type { AuditOutcome } from './entry.js';
import { parseEntry, type StoredEntry } from './entry-columns.js';

/** An entry and its place in the chain; `number` is null until the chainer came by. */
export interface AuditRecord {
  entry: StoredEntry;
  number: number | null;
}

/** Newest first; `before` is the place where the page before ended. */
export interface AuditQuery {
  before?: { recordedAt: string; id: string } | undefined;
  /** An action or its beginning. */
  action?: string | undefined;
  outcome?: AuditOutcome | undefined;
  /** Any of these actors; an empty list finds nothing. */
  actorIds?: readonly string[] | undefined;
  /** ISO times: from (included) to (excluded). */
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
}

interface Row {
  entry: Buffer;
  number: string | null;
}

/** Reads the trail from the entries' canonical bytes, the part that is hashed, not from the columns beside them. */
@Injectable()
export class AuditReader {
  constructor(private readonly database: Database) {}

  async page(ctx: RequestContext, query: AuditQuery): Promise<AuditRecord[]> {
    const rows = await this.database.transaction(ctx, 'read', (tx) =>
      tx.manager.query<Row[]>(
        `select e.entry, l.number from audit_entry e
           left join audit_link l on l.tenant_id = e.tenant_id and l.entry_id = e.id
         where e.tenant_id = $1
           and ($2::timestamptz is null or (e.recorded_at, e.id) < ($2::timestamptz, $3::uuid))
           and ($4::text is null or starts_with(e.action, $4))
           and ($5::text is null or e.outcome = $5)
           and ($6::text[] is null or e.actor_id = any($6))
           and ($7::timestamptz is null or e.recorded_at >= $7)
           and ($8::timestamptz is null or e.recorded_at < $8)
         order by e.recorded_at desc, e.id desc limit $9`,
        [
          tx.tenant.id,
          query.before?.recordedAt ?? null,
          query.before?.id ?? null,
          query.action ?? null,
          query.outcome ?? null,
          query.actorIds ?? null,
          query.from ?? null,
          query.to ?? null,
          query.limit,
        ],
      ),
    );
    return rows.map((row) => ({
      entry: parseEntry(row.entry),
      number: row.number === null ? null : Number(row.number),
    }));
  }
}
