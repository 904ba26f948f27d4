import { createHash } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { diskFull, explain } from '../fetch/trouble.ts';
import { CommandFailed, run } from '../host/exec.ts';
import { ensureFile, exists, readIfThere } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import { identityOf } from '../host/users.ts';
import type { SecretName } from '../model/names.ts';
import { originals } from './secrets.ts';

const binaries = '/usr/lib/postgresql/15/bin';
const environment = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' };

/** Makes the cluster on the first run, as PostgreSQL's own user; half a cluster of a killed run is thrown away. */
export async function ensureCluster(layout: Layout): Promise<number> {
  const cluster = join(layout.dataDir('postgres'), 'cluster');
  if (exists(cluster)) return 0;
  const partial = `${cluster}.partial`;
  rmSync(partial, { recursive: true, force: true });
  try {
    await run(
      join(binaries, 'initdb'),
      [
        '--pgdata',
        partial,
        '--username=postgres',
        '--encoding=UTF8',
        '--locale=C.UTF-8',
        '--data-checksums',
        '--auth-local=peer',
        '--auth-host=scram-sha-256',
        '--no-instructions',
      ],
      { user: layout.separated ? layout.user('postgres') : undefined, env: environment },
    );
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (error instanceof CommandFailed && /no space left/i.test(error.output)) throw diskFull('postgres', error);
    throw explain('postgres', 'this machine', error);
  }
  renameSync(partial, cluster);
  return 1;
}

const roles: readonly { name: string; options: string; secret?: SecretName }[] = [
  // Owns the schema, so that the roles that log in own nothing.
  { name: 'lyceum_owner', options: 'NOLOGIN NOBYPASSRLS' },
  { name: 'lyceum_migrator', options: 'LOGIN BYPASSRLS', secret: 'database-migrator' },
  { name: 'lyceum_app', options: 'LOGIN NOBYPASSRLS', secret: 'database-app' },
  { name: 'lyceum_platform', options: 'LOGIN NOBYPASSRLS', secret: 'database-platform' },
  { name: 'keycloak', options: 'LOGIN NOBYPASSRLS', secret: 'database-keycloak' },
];

/** Roles and databases. What was set is remembered by a digest, so that an unchanged one costs no statement. */
export async function ensureRoles(layout: Layout, port: number): Promise<number> {
  const secrets = new Map(
    roles.flatMap((role) =>
      role.secret
        ? [[role.name, readIfThere(join(originals(layout), role.secret))?.toString('utf8') ?? ''] as const]
        : [],
    ),
  );
  const wanted = createHash('sha256')
    .update(JSON.stringify([roles, [...secrets], statements.toString(), databases]))
    .digest('hex');
  // Beside the cluster: whoever removes the data removes the memory of it.
  const mark = join(layout.dataDir('postgres'), 'roles');
  if (readIfThere(mark)?.toString('utf8') === wanted) return 0;
  const known = (await psql(layout, port, 'postgres', 'SELECT datname FROM pg_database')).split('\n');
  await psql(layout, port, 'postgres', statements(secrets));
  for (const { name, owner } of databases) {
    if (!known.includes(name)) {
      await psql(
        layout,
        port,
        'postgres',
        `CREATE DATABASE ${name} OWNER ${owner} TEMPLATE template0 LOCALE 'C.UTF-8' ENCODING 'UTF8';`,
      );
    }
    await psql(layout, port, 'postgres', `REVOKE ALL ON DATABASE ${name} FROM PUBLIC;`);
  }
  await psql(
    layout,
    port,
    'postgres',
    'GRANT CONNECT ON DATABASE lyceum TO lyceum_migrator, lyceum_app, lyceum_platform;',
  );
  await psql(
    layout,
    port,
    'lyceum',
    'ALTER SCHEMA public OWNER TO lyceum_owner; REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO lyceum_app, lyceum_platform;',
  );
  await psql(layout, port, 'keycloak', 'ALTER SCHEMA public OWNER TO keycloak;');
  const { uid, gid } = identityOf(layout, 'postgres');
  ensureFile(mark, wanted, { mode: 0o600, uid, gid });
  return 1;
}

const databases = [
  { name: 'lyceum', owner: 'lyceum_owner' },
  { name: 'keycloak', owner: 'keycloak' },
] as const;

function statements(secrets: ReadonlyMap<string, string>): string {
  // Generated passwords are base64url, so they need no quoting of their own.
  const lines = roles.map(({ name, options }) => {
    const password = secrets.has(name) ? ` PASSWORD '${secrets.get(name)}'` : '';
    return `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') THEN CREATE ROLE ${name}; END IF; END $$;
ALTER ROLE ${name} ${options} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION${password};`;
  });
  return `${lines.join('\n')}\nGRANT lyceum_owner TO lyceum_migrator;`;
}

/** Runs SQL as the superuser, who gets in by the socket and has no password at all. SQL goes through standard input. */
async function psql(layout: Layout, port: number, database: string, sql: string): Promise<string> {
  return run(
    join(binaries, 'psql'),
    [
      '--no-psqlrc',
      '--quiet',
      '--tuples-only',
      '--no-align',
      '--set=ON_ERROR_STOP=1',
      '--host',
      layout.runDir('postgres'),
      '--port',
      String(port),
      '--username',
      'postgres',
      '--dbname',
      database,
    ],
    { input: sql, user: layout.separated ? layout.user('postgres') : undefined, env: environment },
  );
}
