import type { Component } from '../model/component.ts';
import { secretFile, setting } from '../model/refs.ts';
import { common, database, databaseSecrets, keysClient, nodeProcess, signIn, storage, storeSecrets } from './parts.ts';

/** Migrates, seeds, creates institutions, verifies the audit: runs once when asked and keeps nothing. */
export const operator: Component = {
  ...nodeProcess('operator', 'operator'),
  name: 'operator',
  title: 'Operator',
  user: 'operator',
  needs: ['postgres', 'store', 'keys', 'keycloak'],
  packages: [],
  programs: ['node', 'release'],
  ports: {},
  secrets: [
    ...databaseSecrets,
    ...storeSecrets,
    'database-migrator',
    'oidc-client-key',
    'seat-token-key',
    'keycloak-admin-user',
    'keycloak-admin-password',
  ],
  data: true,
  files: [
    {
      name: 'operator.json',
      content: {
        json: {
          ...common('operator'),
          origin: setting('origin'),
          database: {
            ...database,
            migrator: { user: 'lyceum_migrator', passwordFile: secretFile('database-migrator') },
          },
          keycloak: {
            ...signIn,
            admin: {
              userFile: secretFile('keycloak-admin-user'),
              passwordFile: secretFile('keycloak-admin-password'),
            },
          },
          keys: keysClient('operator'),
          store: storage,
          seatTokenKeyFile: secretFile('seat-token-key'),
        },
      },
    },
  ],
  health: { kind: 'none' },
  stopSeconds: 10,
};
