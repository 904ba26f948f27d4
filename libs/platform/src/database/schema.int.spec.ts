import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../testing/index.js';

/** Tables that belong to the installation as a whole. A new one is added here on purpose, or it gets a tenant. */
const platformTables = ['migration', 'tenant'];

interface NameRow {
  name: string;
}

describe('SE-02 every table keeps institutions apart', () => {
  let test: TestDatabase;
  const query = <T>(sql: string): Promise<T[]> => test.migrator.query<T[]>(sql);
  const names = async (sql: string) => (await query<NameRow>(sql)).map((row) => row.name);

  beforeAll(async () => {
    test = await openTestDatabase();
  });
  afterAll(() => test.close());

  const tables = `select c.oid, c.relname as name, c.relrowsecurity, c.relforcerowsecurity, c.relowner from pg_class c
    join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p')`;
  const tenantTables = `select t.* from (${tables}) t where exists
    (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id' and not a.attisdropped)`;

  it('SE-02 a table has a tenant or is known to have none', async () => {
    const all = await names(`select name from (${tables}) t order by name`);
    const withTenant = new Set(await names(`select name from (${tenantTables}) t`));
    expect(all.filter((name) => !withTenant.has(name))).toEqual(platformTables);
    expect(withTenant.size).toBeGreaterThan(5);
  });

  it('SE-02 nothing but tables holds or shows rows: the others skip row level security', async () => {
    // A view reads with its owner's rights, a materialised one keeps a copy, and a foreign table has policies elsewhere.
    const others = `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^(pg_|information_schema$)' and c.relkind in ('v', 'm', 'f')`;
    expect(await names(others)).toEqual([]);
  });

  it('SE-02 row level security is on and forced, with the tenant as its only policy', async () => {
    const bare = `select name from (${tenantTables}) t where not relrowsecurity or not relforcerowsecurity
      or (select count(*) from pg_policy p where p.polrelid = t.oid) <> 1
      or not exists (select 1 from pg_policy p where p.polrelid = t.oid and p.polpermissive and p.polcmd = '*'
        and pg_get_expr(p.polqual, p.polrelid) = '(tenant_id = lyceum_tenant())'
        and pg_get_expr(p.polwithcheck, p.polrelid) = '(tenant_id = lyceum_tenant())')`;
    expect(await names(bare)).toEqual([]);
  });

  it('SE-02 tenant_id is never null, and every unique index begins with it', async () => {
    const nullable = `select t.name from (${tenantTables}) t join pg_attribute a on a.attrelid = t.oid
      where a.attname = 'tenant_id' and not a.attnotnull`;
    expect(await names(nullable)).toEqual([]);
    const loose = `select i.indexrelid::regclass::text as name from (${tenantTables}) t
      join pg_index i on i.indrelid = t.oid and i.indisunique
      join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0] where a.attname <> 'tenant_id'`;
    expect(await names(loose)).toEqual([]);
    const keyless = `select name from (${tenantTables}) t where not exists
      (select 1 from pg_constraint c where c.conrelid = t.oid and c.contype = 'p')`;
    expect(await names(keyless)).toEqual([]);
  });

  it('SE-02 a reference between tables of tenants carries the tenant on both sides', async () => {
    const crossing = `select c.conname as name from pg_constraint c
      join (${tenantTables}) child on child.oid = c.conrelid join (${tenantTables}) parent on parent.oid = c.confrelid
      where c.contype = 'f' and not exists (
        select 1 from unnest(c.conkey, c.confkey) as k (mine, theirs)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.mine and a.attname = 'tenant_id'
        join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.theirs and b.attname = 'tenant_id')`;
    expect(await names(crossing)).toEqual([]);
  });

  it('SE-02 the application owns nothing, bypasses nothing and sees no table without a tenant', async () => {
    const [role] = await query<{ bypass: boolean; super: boolean; memberships: string }>(
      `select rolbypassrls as bypass, rolsuper as super,
         (select count(*) from pg_auth_members m where m.member = r.oid) as memberships
       from pg_roles r where rolname = 'lyceum_app'`,
    );
    expect(role).toEqual({ bypass: false, super: false, memberships: '0' });
    const owned = `select name from (${tables}) t join pg_roles r on r.oid = t.relowner where r.rolname <> 'lyceum_owner'`;
    expect(await names(owned)).toEqual([]);
    const visible = `select name from (${tables}) t where name in ('${platformTables.join("', '")}')
      and has_table_privilege('lyceum_app', t.oid, 'select, insert, update, delete')`;
    expect(await names(visible)).toEqual([]);
    const platform = `select name from (${tenantTables}) t
      where has_table_privilege('lyceum_platform', t.oid, 'select, insert, update, delete')`;
    expect(await names(platform)).toEqual([]);
  });

  it('SE-02 no function runs with the rights of its owner', async () => {
    const definers = `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'public' and p.prosecdef`;
    expect(await names(definers)).toEqual([]);
  });
});
