import { symlinkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { treeDigest } from '../fetch/cache.ts';
import { exists } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import { copyTree, deploy } from './release.ts';

const themeSource = (layout: Layout): string => join(layout.checkout, 'libs/identity/theme');

/** Deploys a program of the cache, or what `fill` makes, where the components' users can reach it. */
export function deployProgram(layout: Layout, key: string, fill?: (partial: string) => void): number {
  return deploy(layout, key, fill ?? ((partial) => copyTree(join(layout.cache, key), partial, 'link', () => false)));
}

/** Keycloak writes below its home: that one directory is its data, the rest stays read-only. */
export function deployKeycloak(layout: Layout, key: string): number {
  return deployProgram(layout, key, (partial) => {
    copyTree(join(layout.cache, key), partial, 'link', (inner) => inner === 'data');
    symlinkSync(layout.dataDir('keycloak'), join(partial, 'data'));
  });
}

export function themeKey(layout: Layout): string {
  return `theme-${exists(themeSource(layout)) ? treeDigest(themeSource(layout)) : 'none'}`;
}

/** The portal's own type faces, so that signing in doesn't look like another place. */
const fonts = [
  { from: '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', to: 'inter.woff2' },
  {
    from: '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
    to: 'source-serif-4.woff2',
  },
] as const;

/** The sign-in pages' looks, as Keycloak's theme `lyceum`. */
export function deployTheme(layout: Layout, key: string): number {
  return deploy(layout, key, (partial) => {
    mkdirSync(partial, { recursive: true });
    if (!exists(themeSource(layout))) return;
    copyTree(themeSource(layout), partial, 'copy', () => false);
    for (const { from, to } of fonts) {
      const font = join(layout.checkout, 'node_modules', from);
      if (exists(font)) copyTree(font, join(partial, 'lyceum/login/resources/fonts', to), 'copy', () => false);
    }
  });
}
