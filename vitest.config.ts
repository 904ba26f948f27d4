import { defineConfig } from 'vitest/config';

// No 'import' here: vitest hands these to Node, and CommonJS libraries would then find ES modules.
const conditions = ['lyceum-source', 'node'];
const resolve = { conditions };
const ssr = { resolve: { conditions } };
const exclude = ['**/node_modules/**', '**/dist/**'];

/** Unit specs need no service; integration and browser specs run against the appliance named by LYCEUM_HOME. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['{apps,libs,installer}/**/*.spec.{ts,tsx}'],
          exclude: [...exclude, '**/*.int.spec.ts', '**/*.e2e.spec.ts'],
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'integration',
          include: ['{apps,libs,installer}/**/*.int.spec.ts'],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // One appliance, and specs that start browsers and kill processes: side by side they would judge the machine.
          fileParallelism: false,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'browser',
          include: ['apps/rehearsal/**/*.e2e.spec.ts'],
          exclude,
          testTimeout: 300_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
