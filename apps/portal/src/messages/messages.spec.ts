import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import messages from './en.json' with { type: 'json' };

const source = join(import.meta.dirname, '..');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'gallery' ? [] : sources(path);
    return /\.tsx?$/u.test(entry.name) && !entry.name.endsWith('.spec.ts') ? [path] : [];
  });
}

/** Whole ids in quotes, and the fixed ends of ids that are put together, such as `role.${role}`. */
const code = sources(source)
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
const patterns = [...code.matchAll(/`([a-z]+\.[a-zA-Z.]*\$\{[^`]*)`/gu)].map(
  ([, template = '']) =>
    new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\$\{[^}]+\}/gu, '[\\w.-]+')}$`, 'u'),
);

describe('AC-06 the message catalogue', () => {
  it('AC-06 has no message that nobody says', () => {
    const unused = Object.keys(messages).filter(
      (id) => !code.includes(`'${id}'`) && !patterns.some((pattern) => pattern.test(id)),
    );
    expect(unused).toEqual([]);
  });

  it('AC-06 parses', () => {
    for (const words of Object.values(messages)) expect(() => parse(words)).not.toThrow();
  });

  it('AC-06 is sorted, so that two people who add words don’t meet on one line', () => {
    expect(Object.keys(messages)).toEqual(Object.keys(messages).toSorted());
  });
});
