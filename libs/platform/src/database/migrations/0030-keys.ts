import type { QueryRunner } from 'typeorm';

/**
 * Wrapped keys: what the keys process gave out and alone can open. A data key's row says whom and what its bytes are
 * about, so that retention and erasure find it; destroying it (wrapped becomes null) deletes every copy of those bytes.
 */
export async function keys(query: QueryRunner): Promise<void> {
  await query.query(`
    create table tenant_key (
      tenant_id uuid not null references tenant (id),
      region text not null,
      version integer not null check (version >= 1),
      wrapped bytea not null,
      -- Fingerprint of the root key that wrapped it.
      root_key_id text not null,
      created_at timestamptz not null default now(),
      primary key (tenant_id, region, version)
    );
    select lyceum_protect('tenant_key', 'select, insert, update');

    create table data_key (
      tenant_id uuid not null,
      id uuid not null,
      region text not null,
      tenant_key_version integer not null,
      kind text not null check (kind ~ '^[a-z][a-z.-]{0,63}$'),
      wrapped bytea,
      -- What it is about. No foreign keys: the key is stored before the first byte, and outlives rows that are erased.
      course_id uuid,
      session_id uuid,
      recording_id uuid,
      participant_id uuid,
      person_id uuid,
      created_at timestamptz not null default now(),
      destroyed_at timestamptz,
      primary key (tenant_id, id),
      foreign key (tenant_id, region, tenant_key_version) references tenant_key (tenant_id, region, version),
      check ((wrapped is null) = (destroyed_at is not null))
    );
    create index data_key_recording on data_key (tenant_id, recording_id) where recording_id is not null;
    create index data_key_participant on data_key (tenant_id, participant_id) where participant_id is not null;
    create index data_key_person on data_key (tenant_id, person_id) where person_id is not null;
    create index data_key_version on data_key (tenant_id, region, tenant_key_version) where wrapped is not null;
    select lyceum_protect('data_key', 'select, insert, update');
  `);
}
