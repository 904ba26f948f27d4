import type { QueryRunner } from 'typeorm';

/**
 * The media node of each room. A table of its own: whoever places a room holds its row for a moment, and the room's own row is
 * what every command waits for.
 */
export async function roomMedia(query: QueryRunner): Promise<void> {
  await query.query(`
    create table room_media (
      tenant_id uuid not null,
      room_id uuid not null,
      node text not null,
      moves integer not null default 0,
      placed_at timestamptz not null default now(),
      primary key (tenant_id, room_id),
      foreign key (tenant_id, room_id) references room (tenant_id, id) on delete cascade
    );
    select lyceum_protect('room_media');
  `);
}
