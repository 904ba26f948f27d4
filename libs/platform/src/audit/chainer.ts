import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../context/index.js';
import { Database } from '../database/index.js';
import { genesisHash, nextLink, type Link } from './chain.js';

/** Links per transaction: the lock is held for milliseconds, and a backlog is worked off in steps. */
const batchSize = 500;

interface PendingRow {
  id: string;
  entry: Buffer;
}

interface HeadRow {
  number: string;
  hash: Buffer;
}

/**
 * Links entries to the chain after their commit, so that writers neither wait for each other nor fork it. Several
 * processes may run one: an advisory lock per tenant lets one at a time through.
 */
@Injectable()
export class AuditChainer {
  constructor(private readonly database: Database) {}

  /** Links every committed entry that has no link yet. @returns how many; 0 also when another chainer is at it. */
  async link(ctx: RequestContext): Promise<number> {
    let total = 0;
    for (;;) {
      const linked = await this.database.separate(ctx, 'write', (tx) => linkBatch(tx));
      total += linked;
      if (linked < batchSize) return total;
    }
  }
}

async function linkBatch(ctx: RequestContext): Promise<number> {
  const lock = `audit chain ${ctx.tenant.id}`;
  const [locked]: { held: boolean }[] = await ctx.manager.query(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held',
    [lock],
  );
  if (!locked?.held) return 0;
  const pending: PendingRow[] = await ctx.manager.query(
    `select e.id, e.entry from audit_pending p
       join audit_entry e on e.tenant_id = p.tenant_id and e.id = p.entry_id
     where p.tenant_id = $1 order by e.recorded_at, e.id limit $2`,
    [ctx.tenant.id, batchSize],
  );
  if (pending.length === 0) return 0;
  await store(ctx, chain(await readHead(ctx), pending));
  return pending.length;
}

async function readHead(ctx: RequestContext): Promise<{ number: bigint; hash: Buffer }> {
  const rows: HeadRow[] = await ctx.manager.query('select number, hash from audit_head where tenant_id = $1', [
    ctx.tenant.id,
  ]);
  const [head] = rows;
  return head ? { number: BigInt(head.number), hash: head.hash } : { number: 0n, hash: genesisHash(ctx.tenant.id) };
}

function chain(start: { number: bigint; hash: Buffer }, pending: readonly PendingRow[]): Link[] {
  let head = start;
  return pending.map(({ id, entry }) => {
    const link = nextLink(head, id, entry);
    head = link;
    return link;
  });
}

async function store(ctx: RequestContext, links: readonly Link[]): Promise<void> {
  const head = links.at(-1);
  if (!head) return;
  await ctx.manager.query(
    `insert into audit_link (tenant_id, number, entry_id, entry_hash, previous_hash, hash)
     select $1, * from unnest($2::bigint[], $3::uuid[], $4::bytea[], $5::bytea[], $6::bytea[])`,
    [
      ctx.tenant.id,
      links.map((link) => String(link.number)),
      links.map((link) => link.entryId),
      links.map((link) => link.entryHash),
      links.map((link) => link.previousHash),
      links.map((link) => link.hash),
    ],
  );
  await ctx.manager.query('delete from audit_pending where tenant_id = $1 and entry_id = any($2::uuid[])', [
    ctx.tenant.id,
    links.map((link) => link.entryId),
  ]);
  await ctx.manager.query(
    `insert into audit_head (tenant_id, number, hash) values ($1, $2, $3)
     on conflict (tenant_id) do update set number = excluded.number, hash = excluded.hash`,
    [ctx.tenant.id, String(head.number), head.hash],
  );
}
