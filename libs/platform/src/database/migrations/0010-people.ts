import type { QueryRunner } from 'typeorm';

/** Departments, the directory of people, and the sessions of their browsers. */
export async function people(query: QueryRunner): Promise<void> {
  await query.query(`
    create table department (
      tenant_id uuid not null references tenant (id),
      id uuid not null,
      name text not null check (name <> ''),
      created_at timestamptz not null default now(),
      primary key (tenant_id, id),
      unique (tenant_id, name)
    )`);
  await query.query(`
    create table person (
      tenant_id uuid not null references tenant (id),
      id uuid not null,
      region text not null,
      subject text not null,
      username text not null,
      display_name text not null,
      email text,
      roles text[] not null default '{}',
      department_id uuid,
      created_at timestamptz not null default now(),
      last_seen_at timestamptz,
      primary key (tenant_id, id),
      unique (tenant_id, subject),
      foreign key (tenant_id, department_id) references department (tenant_id, id)
    )`);
  await query.query(`create index person_by_name on person (tenant_id, display_name, id)`);
  await query.query(`create index person_by_department on person (tenant_id, department_id)`);
  await query.query(`
    create table web_session (
      tenant_id uuid not null references tenant (id),
      id uuid not null,
      region text not null,
      person_id uuid not null,
      token_hash bytea not null check (octet_length(token_hash) = 32),
      keycloak_session text,
      roles text[] not null,
      sealed_tokens bytea not null,
      created_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      checked_at timestamptz not null default now(),
      expires_at timestamptz not null,
      ended_at timestamptz,
      end_reason text check (end_reason in ('logout', 'replaced', 'refused', 'expired')),
      primary key (tenant_id, id),
      unique (tenant_id, token_hash),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      check ((ended_at is null) = (end_reason is null))
    )`);
  await query.query(`create index web_session_by_person on web_session (tenant_id, person_id)`);
  await query.query(`create index web_session_by_keycloak on web_session (tenant_id, keycloak_session)`);
  await query.query(`create index web_session_by_end on web_session (tenant_id, expires_at)`);
  for (const table of ['department', 'person', 'web_session']) {
    await query.query(`select lyceum_protect('${table}')`);
  }
}
