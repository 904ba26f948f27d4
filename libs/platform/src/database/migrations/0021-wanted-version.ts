import type { QueryRunner } from 'typeorm';

/**
 * Versions of what media is told come from a sequence: counting people at the device check on the room's row made every
 * join wait for the room's lock. A sequence waits for nobody, and a skipped number does no harm here.
 */
export async function wantedVersion(query: QueryRunner): Promise<void> {
  await query.query(`
    create sequence room_wanted_version;
    grant usage on sequence room_wanted_version to lyceum_app;
    alter table room drop column seats_version;
  `);
}
