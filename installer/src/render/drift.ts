import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readIfThere } from '../host/files.ts';

/** First line of every rendered file that has comments. */
export const generated =
  '# Rendered from installer/src/components by `./lyceum render`; change the description, not this file.\n';

/** Rendered files by path below the checkout. */
export type Renderings = ReadonlyMap<string, string>;

/** Paths whose file is missing or differs from what the description makes now. */
export function drifted(checkout: string, renderings: Renderings): string[] {
  return [...renderings]
    .filter(([path, content]) => readIfThere(join(checkout, path))?.toString('utf8') !== content)
    .map(([path]) => path);
}

/** Writes what has drifted and returns its paths. */
export function writeDrifted(checkout: string, renderings: Renderings): string[] {
  const paths = drifted(checkout, renderings);
  for (const path of paths) {
    const file = join(checkout, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, renderings.get(path) ?? '', { mode: 0o644 });
  }
  return paths;
}
