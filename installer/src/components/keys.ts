import type { Component } from '../model/component.ts';
import type { UserName } from '../model/names.ts';
import { group, path, secretFile } from '../model/refs.ts';
import { common, nodeProcess } from './parts.ts';

/** Who may ask: each has a socket of its own, and its group decides who may open it. */
const peers: readonly UserName[] = ['api', 'jobs', 'recorder', 'operator'];

/** The only process that holds the root key. Keeps nothing: it wraps and unwraps what others store. */
export const keys: Component = {
  ...nodeProcess('keys', 'keys'),
  name: 'keys',
  title: 'Keys',
  user: 'keys',
  needs: [],
  packages: [],
  programs: ['node', 'release'],
  ports: {},
  secrets: ['root-key'],
  data: false,
  run: { mode: 0o711 },
  joins: peers,
  files: [
    {
      name: 'keys.json',
      content: {
        json: {
          ...common('keys'),
          rootKeyFile: secretFile('root-key'),
          socketDir: path('run'),
          peers,
          peerGroups: {
            api: group('api-1'),
            jobs: group('jobs'),
            recorder: group('recorder'),
            operator: group('operator'),
          },
        },
      },
    },
  ],
  health: {
    kind: 'line',
    socket: path('run', 'operator.sock'),
    send: '{"id":"1","op":"health"}',
    expect: '"ok":true',
  },
  stopSeconds: 10,
};
