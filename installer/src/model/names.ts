/** Every component by name: what the supervisor runs, and `operator`, which runs once when asked. */
export const componentNames = [
  'postgres',
  'redis',
  'store',
  'keycloak',
  'turn',
  'keys',
  'recorder',
  'media-1',
  'media-2',
  'jobs',
  'api-1',
  'api-2',
  'edge',
  'operator',
] as const;
export type ComponentName = (typeof componentNames)[number];

/** What the supervisor runs: components, and robots that join when an operator wants them to. */
export type ServiceName = ComponentName | 'synthetic';

/** Users of the appliance: one per kind of component, and one for the operator's one-shot program. */
export type UserName =
  | 'postgres'
  | 'redis'
  | 'store'
  | 'keycloak'
  | 'turn'
  | 'keys'
  | 'recorder'
  | 'media'
  | 'jobs'
  | 'api'
  | 'edge'
  | 'operator';

/** What comes from elsewhere than Debian's packages. */
export type ProgramName = 'node' | 'keycloak' | 'versitygw' | 'mediasoup-worker' | 'release' | 'theme';

export const secretNames = [
  'root-key',
  'tls-key',
  'store-access-key',
  'store-secret-key',
  'database-migrator',
  'database-app',
  'database-platform',
  'database-keycloak',
  'keycloak-admin-user',
  'keycloak-admin-password',
  'oidc-client-key',
  'redis-api',
  'redis-jobs',
  'redis-operator',
  'seat-token-key',
  'session-key',
  'media-control',
  'recorder-control',
  'turn-secret',
] as const;
export type SecretName = (typeof secretNames)[number];
