import type { QueryRunner } from 'typeorm';

/**
 * The audit trail. `entry` is the canonical form (RFC 8785) whose hash the chain holds; the columns beside it are copies
 * to search by, and verification compares them. Links are written by the chainer alone, so writers never wait.
 */
export async function audit(query: QueryRunner): Promise<void> {
  await query.query(`
    create table audit_entry (
      tenant_id uuid not null references tenant (id),
      id uuid not null,
      recorded_at timestamptz not null,
      action text not null,
      outcome text not null check (outcome in ('allowed', 'denied', 'done')),
      actor_kind text not null,
      actor_id text,
      target_kind text,
      target_id text,
      entry bytea not null,
      primary key (tenant_id, id)
    );
    create index audit_entry_by_time on audit_entry (tenant_id, recorded_at, id);
    select lyceum_protect('audit_entry', 'select, insert');

    create table audit_link (
      tenant_id uuid not null,
      number bigint not null check (number > 0),
      entry_id uuid not null,
      entry_hash bytea not null check (length(entry_hash) = 32),
      previous_hash bytea not null check (length(previous_hash) = 32),
      hash bytea not null check (length(hash) = 32),
      linked_at timestamptz not null default now(),
      primary key (tenant_id, number),
      unique (tenant_id, entry_id),
      foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id)
    );
    select lyceum_protect('audit_link', 'select, insert');

    -- Entries that wait for their link, so that the chainer need not search the whole trail twice a second.
    create table audit_pending (
      tenant_id uuid not null,
      entry_id uuid not null,
      primary key (tenant_id, entry_id),
      foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id)
    );
    select lyceum_protect('audit_pending', 'select, insert, delete');

    -- The end of the chain, kept apart: without it a cut tail would look like a shorter chain.
    create table audit_head (
      tenant_id uuid not null references tenant (id),
      number bigint not null,
      hash bytea not null check (length(hash) = 32),
      primary key (tenant_id)
    );
    select lyceum_protect('audit_head', 'select, insert, update');

    -- Rights are one lock, this is another: rows of the trail stay as they are for every role.
    create function lyceum_refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name using errcode = '42501';
    end
    $$;
    create trigger append_only before update or delete on audit_entry
      for each row execute function lyceum_refuse_change();
    create trigger append_only before update or delete on audit_link
      for each row execute function lyceum_refuse_change();
  `);
}
