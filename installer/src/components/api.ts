import type { Component } from '../model/component.ts';
import { bind, host, port, secretFile, setting, text } from '../model/refs.ts';
import { mediaNodes } from './media.ts';
import {
  common,
  database,
  databaseSecrets,
  keysClient,
  nodeProcess,
  queue,
  signIn,
  storage,
  storeSecrets,
} from './parts.ts';

/** REST and sockets. Two from the first day, so that one may die or be replaced at any moment. */
function api(number: 1 | 2): Component {
  const name = `api-${number}` as const;
  return {
    ...nodeProcess('api', name),
    name,
    title: `API ${number}`,
    user: 'api',
    needs: ['postgres', 'redis', 'store', 'keys', 'keycloak'],
    packages: [],
    programs: ['node', 'release'],
    ports: { http: { offset: 19 + number, protocol: 'tcp', reach: 'machine' } },
    secrets: [
      ...databaseSecrets,
      ...storeSecrets,
      'redis-api',
      'oidc-client-key',
      'seat-token-key',
      'session-key',
      'media-control',
      'turn-secret',
    ],
    data: false,
    files: [
      {
        name: 'api.json',
        content: {
          json: {
            ...common(name),
            origin: setting('origin'),
            listen: { host: bind(name, 'http'), port: port(name, 'http') },
            database,
            redis: queue('api'),
            store: storage,
            keys: keysClient('api'),
            keycloak: signIn,
            seatTokenKeyFile: secretFile('seat-token-key'),
            sessionKeyFile: secretFile('session-key'),
            media: {
              // By the names that they call themselves.
              nodes: mediaNodes.map(({ name: id }) => ({
                id,
                control: text`ws://${host(id)}:${port(id, 'control')}`,
                tokenFile: secretFile('media-control'),
              })),
            },
            turn: {
              urls: [
                text`turn:${setting('turnHost')}:${port('turn', 'turn')}?transport=udp`,
                text`turn:${setting('turnHost')}:${port('turn', 'turn')}?transport=tcp`,
                text`turns:${setting('turnHost')}:${port('turn', 'turns')}?transport=tcp`,
              ],
              secretFile: secretFile('turn-secret'),
              ttlSeconds: 3600,
            },
          },
        },
      },
    ],
    health: { kind: 'http', port: 'http', path: '/readyz' },
    stopSeconds: 20,
  };
}

export const apis: readonly Component[] = [api(1), api(2)];
