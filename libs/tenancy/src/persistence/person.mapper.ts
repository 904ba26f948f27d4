import type { DirectoryPage, DirectoryPerson } from '@lyceum/contracts';
import { encodeCursor } from './cursor.js';
import type { DirectoryRow } from './person.queries.js';

export function toDirectoryPage(rows: readonly DirectoryRow[], limit: number): DirectoryPage {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last ? encodeCursor({ name: last.display_name, id: last.id }) : null;
  return { items: shown.map(toDirectoryPerson), nextCursor };
}

function toDirectoryPerson(row: DirectoryRow): DirectoryPerson {
  return {
    id: row.id,
    displayName: row.display_name,
    username: row.username,
    email: row.email,
    roles: row.roles,
    department: row.department,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  };
}
