import { describe, expect, it } from 'vitest';
import { runtimeClosure } from './closure.ts';

const packages = {
  '': { dependencies: {} },
  'apps/api': { dependencies: { '@lyceum/platform': '*' }, devDependencies: { vitest: '1' } },
  'node_modules/@lyceum/platform': { link: true, resolved: 'libs/platform' },
  'libs/platform': { dependencies: { pg: '8', minio: '8' } },
  'libs/platform/node_modules/pg': { dependencies: { 'pg-types': '2' } },
  'node_modules/pg': {},
  'node_modules/pg-types': {},
  'node_modules/minio': { optionalDependencies: { 'only-on-windows': '1' }, peerDependencies: { tslib: '2' } },
  'node_modules/tslib': {},
  'node_modules/vitest': {},
};

describe('OP-01 what a release holds', () => {
  it('OP-01 follows links, nearest copies, and peers, and leaves tools out', () => {
    expect([...runtimeClosure(packages, ['apps/api'])].sort()).toEqual([
      'apps/api',
      'libs/platform',
      'libs/platform/node_modules/pg',
      'node_modules/@lyceum/platform',
      'node_modules/minio',
      'node_modules/pg-types',
      'node_modules/tslib',
    ]);
  });
});
