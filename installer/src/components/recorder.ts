import type { Component } from '../model/component.ts';
import { bind, lastPort, path, port, program, secretFile } from '../model/refs.ts';
import { common, database, databaseSecrets, keysClient, nodeProcess, storage, storeSecrets } from './parts.ts';

/** Writes down every packet of a recorded class, encrypted, before anything is made of it. */
export const recorder: Component = {
  ...nodeProcess('recorder', 'recorder'),
  name: 'recorder',
  title: 'Recorder',
  user: 'recorder',
  needs: ['postgres', 'store', 'keys'],
  packages: ['libabsl20220623', 'libsrtp2-1', 'libuv1'],
  programs: ['node', 'release', 'mediasoup-worker'],
  ports: {
    control: { offset: 24, protocol: 'tcp', reach: 'machine' },
    // One for each class that is being recorded, also for those that nobody ended: a room waits an hour for people to come back.
    pipe: { offset: 500, protocol: 'udp', reach: 'machine', count: 400 },
  },
  secrets: [...databaseSecrets, ...storeSecrets, 'recorder-control'],
  data: true,
  folders: ['journal'],
  files: [
    {
      name: 'recorder.json',
      content: {
        json: {
          ...common('recorder'),
          listen: { host: bind('recorder', 'control'), port: port('recorder', 'control') },
          controlTokenFile: secretFile('recorder-control'),
          workerBin: program('mediasoup-worker', 'mediasoup-worker'),
          pipe: {
            ip: bind('recorder', 'pipe'),
            minPort: port('recorder', 'pipe'),
            maxPort: lastPort('recorder', 'pipe'),
          },
          journalDir: path('data', 'journal'),
          database,
          store: storage,
          keys: keysClient('recorder'),
        },
      },
    },
  ],
  health: { kind: 'http', port: 'control', path: '/readyz' },
  // It finishes the pieces it holds before it goes.
  stopSeconds: 40,
};
