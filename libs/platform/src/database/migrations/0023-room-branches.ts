import type { QueryRunner } from 'typeorm';

/**
 * People of another region than their room's home are served by a branch, one per region. The row of room_media is the lock
 * of these, too.
 */
export async function roomBranches(query: QueryRunner): Promise<void> {
  await query.query(`
    -- Where the person's network is, as of their last socket; null for a network that nobody assigned to a region.
    alter table participant add column region text;

    create table room_branch (
      tenant_id uuid not null,
      room_id uuid not null,
      region text not null,
      node text not null,
      moves integer not null default 0,
      placed_at timestamptz not null default now(),
      primary key (tenant_id, room_id, region),
      foreign key (tenant_id, room_id) references room_media (tenant_id, room_id) on delete cascade
    );
    select lyceum_protect('room_branch');
  `);
}
