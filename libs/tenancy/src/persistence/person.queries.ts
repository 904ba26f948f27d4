import type { PeopleQuery, Role } from '@lyceum/contracts';
import type { EntityManager } from 'typeorm';
import { decodeCursor } from './cursor.js';

export interface DirectoryRow {
  id: string;
  display_name: string;
  username: string;
  email: string | null;
  roles: Role[];
  department: string | null;
  last_seen_at: Date | null;
}

/**
 * One row more than asked for, which tells whether there is a next page. The tenant is row level security's business: no
 * policy lets another institution's rows through.
 */
export async function selectDirectoryPage(manager: EntityManager, query: PeopleQuery): Promise<DirectoryRow[]> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor);
  return manager.query<DirectoryRow[]>(
    `select p.id, p.display_name, p.username, p.email, p.roles, d.name as department, p.last_seen_at
       from person p
       left join department d on d.tenant_id = p.tenant_id and d.id = p.department_id
      where p.tenant_id = lyceum_tenant()
        and ($1::text is null
             or strpos(lower(p.display_name || ' ' || p.username || ' ' || coalesce(p.email, '')), lower($1)) > 0)
        and ($2::text is null or (p.display_name, p.id) > ($2, $3::uuid))
      order by p.display_name, p.id
      limit $4`,
    [query.q ?? null, after?.name ?? null, after?.id ?? null, query.limit + 1],
  );
}
