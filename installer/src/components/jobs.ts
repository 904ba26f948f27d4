import type { Component } from '../model/component.ts';
import { bind, port } from '../model/refs.ts';
import { common, database, databaseSecrets, keysClient, nodeProcess, queue, storage, storeSecrets } from './parts.ts';

/** Work that outlives a request. */
export const jobs: Component = {
  ...nodeProcess('jobs', 'jobs'),
  name: 'jobs',
  title: 'Jobs',
  user: 'jobs',
  needs: ['postgres', 'redis', 'store', 'keys'],
  packages: [],
  programs: ['node', 'release'],
  ports: { health: { offset: 25, protocol: 'tcp', reach: 'machine' } },
  secrets: [...databaseSecrets, ...storeSecrets, 'redis-jobs'],
  data: false,
  files: [
    {
      name: 'jobs.json',
      content: {
        json: {
          ...common('jobs'),
          listen: { host: bind('jobs', 'health'), port: port('jobs', 'health') },
          database,
          redis: queue('jobs'),
          store: storage,
          keys: keysClient('jobs'),
        },
      },
    },
  ],
  health: { kind: 'http', port: 'health', path: '/readyz' },
  stopSeconds: 40,
};
