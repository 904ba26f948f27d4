import type { Component } from '../model/component.ts';
import { bind, path, port, text } from '../model/refs.ts';

/** The truth: rooms, people, jobs. People of the appliance log in with SCRAM; only its own user comes in by the socket. */
export const postgres: Component = {
  name: 'postgres',
  title: 'PostgreSQL',
  user: 'postgres',
  needs: [],
  packages: ['postgresql-15', 'postgresql-common'],
  programs: [],
  ports: { sql: { offset: 10, protocol: 'tcp', reach: 'machine' } },
  secrets: [],
  data: true,
  run: { mode: 0o700 },
  files: [
    {
      name: 'postgresql.conf',
      // 200 connections: two pools of ten for each of our processes, twenty for Keycloak, and room to look around.
      content: text`data_directory = '${path('data', 'cluster')}'
hba_file = '${path('config', 'pg_hba.conf')}'
ident_file = '${path('config', 'pg_ident.conf')}'
listen_addresses = '${bind('postgres', 'sql')}'
port = ${port('postgres', 'sql')}
unix_socket_directories = '${path('run')}'
unix_socket_permissions = 0700
password_encryption = scram-sha-256
max_connections = 200
shared_buffers = 256MB
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%p %u@%d '
# Values of statements are personal data: errors are logged without them.
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
`,
    },
    {
      name: 'pg_hba.conf',
      content: text`local all postgres peer map=lyceum
host lyceum lyceum_migrator,lyceum_app,lyceum_platform all scram-sha-256
host keycloak keycloak all scram-sha-256
`,
    },
    { name: 'pg_ident.conf', content: text`lyceum /^.*$ postgres\n` },
  ],
  command: [
    '/usr/lib/postgresql/15/bin/postgres',
    '-D',
    path('data', 'cluster'),
    '-c',
    text`config_file=${path('config', 'postgresql.conf')}`,
  ],
  environment: {},
  secretEnvironment: {},
  health: { kind: 'postgres', port: 'sql' },
  startSeconds: 60,
  stopSeconds: 60,
  // INT is PostgreSQL's fast shutdown: it ends sessions instead of waiting for them.
  stopSignal: 'INT',
};
