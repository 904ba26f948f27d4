import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parse } from '@formatjs/icu-messageformat-parser';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { joinPathBudget } from './join-path-budget.js';

/**
 * React Aria brings its few own words ("Dismiss", "Select an item") in 34 languages with every component. The portal speaks
 * English yet, and a locale without words falls back to English: the others stay out of the join path.
 */
const onlyEnglishAria: Plugin = {
  name: 'only-english-aria',
  enforce: 'pre',
  load(id) {
    const foreign =
      /\/(react-aria|react-stately|react-aria-components)\/dist\/private\/intl\/.*\/(?!en-US)[a-z]{2}-[A-Z]{2}\.m?js/u;
    return foreign.test(id.replaceAll('\\', '/')) ? 'export default undefined;' : null;
  },
};

/** Messages are parsed here and not in the reader's browser, so that the parser stays out of the join path, too. */
const compiledMessages: Plugin = {
  name: 'compiled-messages',
  enforce: 'pre',
  async load(id) {
    if (!/\/src\/messages\/[a-z-]+\.json$/iu.test(id)) return null;
    const messages = JSON.parse(await readFile(id, 'utf8')) as Record<string, string>;
    return JSON.stringify(Object.fromEntries(Object.entries(messages).map(([key, words]) => [key, parse(words)])));
  },
};

/** Compressed once and well, here: `x.js.gz` and `x.js.br` beside `x.js`, for an edge that serves what is there. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /\.(js|css|svg)$/u.test(file))) {
      const bytes = await readFile(join(dir, name));
      await writeFile(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      await writeFile(join(dir, `${name}.br`), brotliCompressSync(bytes));
    }
  },
};

/**
 * `vite build` makes the static files the edge serves under `/` and `/assets/`; `--mode gallery` adds the pages fed by
 * fixtures (`/gallery/…`), which a released portal never carries. Our own packages are read from source
 * (`lyceum-source`), so that the portal needs no earlier build.
 */
export default defineConfig({
  plugins: [onlyEnglishAria, compiledMessages, react(), joinPathBudget, compressed],
  resolve: {
    conditions: ['lyceum-source', 'module', 'browser', 'development|production'],
    alias: [
      {
        find: /^@formatjs\/icu-messageformat-parser$/u,
        replacement: '@formatjs/icu-messageformat-parser/no-parser.js',
      },
    ],
  },
  build: { target: 'es2022', sourcemap: false, reportCompressedSize: true, chunkSizeWarningLimit: 600 },
});
