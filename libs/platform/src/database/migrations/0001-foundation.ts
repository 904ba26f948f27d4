import type { QueryRunner } from 'typeorm';

/** Institutions, and the two functions that every table of a tenant is made with. Runs as lyceum_owner. */
export async function foundation(query: QueryRunner): Promise<void> {
  await query.query(`
    revoke all on schema public from public;
    grant usage on schema public to lyceum_app, lyceum_platform;

    create table tenant (
      id uuid primary key,
      slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
      name text not null check (length(name) between 1 and 200),
      realm text not null unique,
      region text not null,
      accent text check (accent ~ '^#[0-9a-f]{6}$'),
      created_at timestamptz not null default now(),
      closed_at timestamptz
    );
    grant select, insert, update on tenant to lyceum_platform;

    -- The tenant of this transaction. Raises instead of matching nothing, so that a forgotten context is an error and
    -- not an empty list. A reused connection holds '' where a fresh one holds null.
    create function lyceum_tenant() returns uuid language plpgsql stable parallel safe as $$
    declare
      value text := current_setting('app.tenant', true);
    begin
      if value is null or value = '' then
        raise exception 'no tenant is set for this transaction' using errcode = '42501';
      end if;
      return value::uuid;
    end
    $$;

    -- Row level security for a table with a tenant_id column, forced so that its owner is bound by it too, and the
    -- application's rights on it. Insert-only tables pass 'select, insert'.
    create function lyceum_protect(target regclass, rights text default 'select, insert, update, delete')
    returns void language plpgsql as $$
    begin
      execute format('alter table %s enable row level security', target);
      execute format('alter table %s force row level security', target);
      execute format(
        'create policy tenant on %s using (tenant_id = lyceum_tenant()) with check (tenant_id = lyceum_tenant())',
        target
      );
      execute format('revoke all on %s from public, lyceum_app, lyceum_platform', target);
      execute format('grant %s on %s to lyceum_app', rights, target);
    end
    $$;
    revoke all on function lyceum_protect(regclass, text) from public;
  `);
}
