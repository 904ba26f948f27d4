/** Pieces of configuration that several of our own processes share. */
import type { Component } from '../model/component.ts';
import type { ComponentName, SecretName, UserName } from '../model/names.ts';
import type { Document, Ref, Text } from '../model/refs.ts';
import { certificate, host, path, port, program, secretFile, setting, text } from '../model/refs.ts';

export const databaseSecrets: readonly SecretName[] = ['database-app', 'database-platform'];
export const storeSecrets: readonly SecretName[] = ['store-access-key', 'store-secret-key'];

export const database = {
  host: host('postgres'),
  port: port('postgres', 'sql'),
  name: 'lyceum',
  user: 'lyceum_app',
  passwordFile: secretFile('database-app'),
  poolSize: 10,
  platform: { user: 'lyceum_platform', passwordFile: secretFile('database-platform') },
} satisfies Document;

export const storage: Document = {
  endpoint: setting('storeEndpoint'),
  region: setting('storeRegion'),
  bucket: setting('storeBucket'),
  accessKeyFile: secretFile('store-access-key'),
  secretKeyFile: secretFile('store-secret-key'),
};

export const queue = (username: 'api' | 'jobs'): Document => ({
  host: host('redis'),
  port: port('redis', 'redis'),
  username,
  passwordFile: secretFile(`redis-${username}`),
});

export const keysClient = (peer: UserName): Document => ({ socket: path('run', `${peer}.sock`, 'keys') });

export const signIn = {
  publicUrl: text`${setting('origin')}/kc`,
  internalUrl: text`http://${host('keycloak')}:${port('keycloak', 'http')}/kc`,
  clientId: 'lyceum',
  clientSecretKeyFile: secretFile('oidc-client-key'),
} satisfies Document;

export const common = (instance: ComponentName | 'operator'): { [key: string]: Document } => ({
  instance,
  region: setting('region'),
  log: { level: 'info' },
});

/** The parts in which a Node process of ours never differs from another. */
export function nodeProcess(
  app: string,
  instance: ComponentName,
): Pick<Component, 'command' | 'environment' | 'secretEnvironment' | 'startSeconds'> {
  const environment: Record<string, string | Ref | Text> = {
    NODE_ENV: 'production',
    // An object store of the institution may have a certificate of the institution's authority, which the system knows.
    NODE_OPTIONS: '--use-system-ca',
    // So that a process may call the appliance by its public name.
    NODE_EXTRA_CA_CERTS: certificate('authority'),
    LYCEUM_CONFIG: path('config', `${app}.json`),
    LYCEUM_INSTANCE: instance,
  };
  return {
    command: [program('node', 'bin/node'), program('release', `apps/${app}/dist/main.js`)],
    environment,
    secretEnvironment: {},
    startSeconds: 60,
  };
}
