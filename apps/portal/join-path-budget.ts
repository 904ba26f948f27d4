import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** Compressed script (gzip) that may come before one is in a class: the page, the room and the call library. */
const BUDGET_BYTES = 250_000;
/** Modules whose chunks, with everything they import, are that path. */
const JOIN_PATH = [/\/src\/main\.tsx$/u, /\/features\/room\/RoomPage\.tsx$/u, /\/sdk\/src\/media\/index\.ts$/u];

/** Tells at every build what joining costs, and stops one that makes it cost too much. */
export const joinPathBudget: Plugin = {
  name: 'join-path-budget',
  apply: (config, { command }) => command === 'build' && config.mode !== 'gallery',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((file): file is Rolldown.OutputChunk => file.type === 'chunk');
    const found = new Set<Rolldown.OutputChunk>();
    const add = (chunk: Rolldown.OutputChunk | undefined) => {
      if (!chunk || found.has(chunk)) return;
      found.add(chunk);
      for (const name of chunk.imports) add(chunks.find(({ fileName }) => fileName === name));
    };
    for (const module of JOIN_PATH) {
      const start = chunks.find(({ moduleIds }) => moduleIds.some((id) => module.test(id.replaceAll('\\', '/'))));
      if (!start)
        this.error(`The join path has no chunk with ${module.source}: correct the list in join-path-budget.ts.`);
      add(start);
    }
    const bytes = [...found].reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
    const words = `The join path is ${Math.round(bytes / 1000)} kB of script (gzip) of ${BUDGET_BYTES / 1000}`;
    if (bytes > BUDGET_BYTES)
      this.error(`${words}. See docs/decisions/0070-portal-shape.md for what is left out and how.`);
    this.info(words);
  },
};
