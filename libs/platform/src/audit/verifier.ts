import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../context/index.js';
import { Database } from '../database/index.js';
import { genesisHash, linkHash } from './chain.js';
import { sha256 } from './entry.js';
import { columnsMatch, type EntryColumns } from './entry-columns.js';

export type AuditFaultKind = 'changed' | 'removed' | 'reordered' | 'inserted' | 'unlinked';

/** What is wrong with which row; `entryId` is null when the row that knew it is gone, too. */
export interface AuditFault {
  kind: AuditFaultKind;
  number: string | null;
  entryId: string | null;
  explanation: string;
}

export interface AuditVerdict {
  ok: boolean;
  /** Links that were looked at. */
  links: number;
  /** Entries of the last seconds that wait for the chainer: no fault. */
  waiting: number;
  faults: AuditFault[];
}

interface Row extends EntryColumns {
  number: string;
  entry_id: string;
  entry_hash: Buffer;
  previous_hash: Buffer;
  hash: Buffer;
  /** Null when the entry is gone. */
  entry: Buffer | null;
}

interface Position {
  number: bigint;
  hash: Buffer;
}

const pageSize = 2_000;
/** Largest bigint of PostgreSQL: no end to look for. */
const lastNumber = 9_223_372_036_854_775_807n;
/** An entry that waits longer than this for its link was put there behind the chainer's back, or there is no chainer. */
const linkedWithinSeconds = 60;

/** Recomputes a tenant's chain and names every row that was changed, removed, reordered or slipped in. */
@Injectable()
export class AuditVerifier {
  constructor(private readonly database: Database) {}

  async verify(ctx: RequestContext): Promise<AuditVerdict> {
    return this.database.transaction(ctx, 'read', async (tx) => {
      // The end comes first: links that writers add meanwhile lie beyond it and are left for the next time.
      const head = await readHead(tx);
      const faults: AuditFault[] = [];
      let position: Position = { number: 0n, hash: genesisHash(tx.tenant.id) };
      let links = 0;
      for (;;) {
        const rows = await readPage(tx, position.number, head?.number ?? lastNumber);
        for (const row of rows) position = examine(row, position, faults);
        links += rows.length;
        if (rows.length < pageSize) break;
      }
      faults.push(...examineTail(head, position), ...(await beyondHead(tx)));
      const { waiting, late } = await unlinked(tx);
      faults.push(...late);
      return { ok: faults.length === 0, links, waiting, faults };
    });
  }
}

/** Compares one link with its place and its entry; the walk goes on from what the row says, so that one fault is one. */
function examine(row: Row, before: Position, faults: AuditFault[]): Position {
  const number = BigInt(row.number);
  const at = { number: row.number, entryId: row.entry_id };
  for (let gone = before.number + 1n; gone < number && gone < before.number + 100n; gone += 1n) {
    faults.push({ kind: 'removed', number: String(gone), entryId: null, explanation: 'the link is gone' });
  }
  const followsGap = number !== before.number + 1n;
  if (!row.hash.equals(linkHash(number, row.previous_hash, row.entry_hash))) {
    faults.push({ ...at, kind: 'reordered', explanation: 'the link was moved or changed: it does not have its hash' });
  } else if (!followsGap && !row.previous_hash.equals(before.hash)) {
    faults.push({ ...at, kind: 'reordered', explanation: 'the link does not follow the one before it' });
  }
  if (row.entry === null) {
    faults.push({ ...at, kind: 'removed', explanation: 'the entry is gone' });
  } else if (!sha256(row.entry).equals(row.entry_hash)) {
    faults.push({ ...at, kind: 'changed', explanation: 'the entry does not have its hash' });
  } else if (!columnsMatch(row.entry, row)) {
    faults.push({ ...at, kind: 'changed', explanation: 'a column contradicts the entry' });
  }
  return { number, hash: row.hash };
}

async function readPage(ctx: RequestContext, after: bigint, last: bigint): Promise<Row[]> {
  return ctx.manager.query<Row[]>(
    `select l.number, l.entry_id, l.entry_hash, l.previous_hash, l.hash, e.entry, e.id, e.tenant_id, e.recorded_at,
       e.action, e.outcome, e.actor_kind, e.actor_id, e.target_kind, e.target_id
     from audit_link l left join audit_entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
     where l.tenant_id = $1 and l.number > $2 and l.number <= $3 order by l.number limit $4`,
    [ctx.tenant.id, String(after), String(last), pageSize],
  );
}

async function readHead(ctx: RequestContext): Promise<Position | null> {
  const rows: { number: string; hash: Buffer }[] = await ctx.manager.query(
    'select number, hash from audit_head where tenant_id = $1',
    [ctx.tenant.id],
  );
  const [head] = rows;
  return head ? { number: BigInt(head.number), hash: head.hash } : null;
}

/** A chain that ends before its recorded head lost its tail. */
function examineTail(head: Position | null, end: Position): AuditFault[] {
  if (!head) return end.number === 0n ? [] : [tailFault(end.number, 'removed', 'the head of the chain is gone')];
  if (head.number > end.number) {
    return [tailFault(head.number, 'removed', `links ${end.number + 1n} to ${head.number} are gone`)];
  }
  if (head.hash.equals(end.hash)) return [];
  return [tailFault(head.number, 'changed', 'the head of the chain is not that of its last link')];
}

/** Links after the head: the chainer moves both in one transaction, so somebody else wrote them. */
async function beyondHead(ctx: RequestContext): Promise<AuditFault[]> {
  const rows: { number: string; entry_id: string }[] = await ctx.manager.query(
    `select number, entry_id from audit_link l where tenant_id = $1
       and number > (select h.number from audit_head h where h.tenant_id = l.tenant_id) order by number`,
    [ctx.tenant.id],
  );
  return rows.map(({ number, entry_id }): AuditFault => {
    const explanation = 'the link lies behind the end of the chain';
    return { kind: 'inserted', number, entryId: entry_id, explanation };
  });
}

const tailFault = (number: bigint, kind: AuditFaultKind, explanation: string): AuditFault => ({
  kind,
  number: String(number),
  entryId: null,
  explanation,
});

async function unlinked(ctx: RequestContext): Promise<{ waiting: number; late: AuditFault[] }> {
  const rows: { id: string; late: boolean }[] = await ctx.manager.query(
    `select id, recorded_at < now() - $2 * interval '1 second' as late from audit_entry e where tenant_id = $1
       and not exists (select 1 from audit_link l where l.tenant_id = e.tenant_id and l.entry_id = e.id)`,
    [ctx.tenant.id, linkedWithinSeconds],
  );
  const late = rows
    .filter((row) => row.late)
    .map(({ id }): AuditFault => {
      const explanation = `the entry has had no link for more than ${linkedWithinSeconds} s`;
      return { kind: 'unlinked', number: null, entryId: id, explanation };
    });
  return { waiting: rows.length - late.length, late };
}
