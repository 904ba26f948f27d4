import type { Component } from '../model/component.ts';
import { bind, path, port, program, setting, text } from '../model/refs.ts';

/** VersityGW: S3 over plain files. Everything in it is ciphertext already. */
export const store: Component = {
  name: 'store',
  title: 'Object store (VersityGW)',
  user: 'store',
  needs: [],
  packages: [],
  programs: ['versitygw'],
  ports: { s3: { offset: 12, protocol: 'tcp', reach: 'machine' } },
  secrets: ['store-access-key', 'store-secret-key'],
  data: true,
  folders: ['objects', 'versions'],
  files: [],
  command: [
    program('versitygw', 'versitygw'),
    '--port',
    text`${bind('store', 's3')}:${port('store', 's3')}`,
    '--region',
    setting('region'),
    '--health',
    '/health',
    '--quiet',
    // Off by default, and every piece of a recording would open a connection.
    '--keep-alive',
    'posix',
    '--dir-perms',
    '0700',
    '--file-perms',
    '0600',
    // Must lie outside the data directory: a folder inside would be a bucket.
    '--versioning-dir',
    path('data', 'versions'),
    path('data', 'objects'),
  ],
  environment: {},
  secretEnvironment: { ROOT_ACCESS_KEY: 'store-access-key', ROOT_SECRET_KEY: 'store-secret-key' },
  health: { kind: 'http', port: 's3', path: '/health' },
  startSeconds: 30,
  stopSeconds: 30,
};
