import type { QueryRunner } from 'typeorm';

/**
 * A row of `job` is the truth about a job; Redis only says who works next. `outbox` holds what still has to be handed to
 * Bull and is emptied by whoever handed it.
 */
export async function jobs(query: QueryRunner): Promise<void> {
  await query.query(`
    create table job (
      tenant_id uuid not null references tenant (id),
      id uuid not null,
      name text not null,
      payload jsonb not null,
      dedupe_key text,
      status text not null check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
      attempt integer not null default 0,
      max_attempts integer not null check (max_attempts > 0),
      progress real not null default 0 check (progress between 0 and 1),
      step text,
      cancel_requested boolean not null default false,
      error_code text,
      run_after timestamptz not null default now(),
      lease_until timestamptz,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      finished_at timestamptz,
      primary key (tenant_id, id)
    );
    create unique index job_dedupe on job (tenant_id, name, dedupe_key)
      where dedupe_key is not null and status in ('queued', 'running');
    create index job_open on job (tenant_id, status, run_after) where status in ('queued', 'running');
    select lyceum_protect('job');

    create table outbox (
      tenant_id uuid not null,
      id uuid not null,
      job_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (tenant_id, id),
      foreign key (tenant_id, job_id) references job (tenant_id, id) on delete cascade
    );
    select lyceum_protect('outbox');
  `);
}
