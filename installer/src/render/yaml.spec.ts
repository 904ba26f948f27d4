import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { yaml } from './yaml.ts';
import type { Yaml } from './yaml.ts';

/** Another reader's opinion, where Debian's python3-yaml is installed. */
function readByPython(text: string): unknown {
  const program = 'import json, sys, yaml\njson.dump(yaml.safe_load(sys.stdin.read()), sys.stdout)';
  return JSON.parse(execFileSync('/usr/bin/python3', ['-c', program], { input: text, encoding: 'utf8' })) as unknown;
}

const hasPython = ((): boolean => {
  try {
    execFileSync('/usr/bin/python3', ['-c', 'import yaml'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const awkward: Yaml = {
  words: ['yes', 'NO', 'on', 'y', 'null', 'true', '~', '', ' padded ', 'plain words', 'ends '],
  numbers: ['8440', '0x1f', '1e3', '.5', '.inf', '1:30', '2026-11-22', 8440, -1, 0.5],
  signs: [
    '- item',
    '# comment',
    'key: value',
    'a #b',
    '{{ jinja }}',
    '*alias',
    '&anchor',
    '!tag',
    '%',
    '@',
    '`',
    '|',
    '>',
  ],
  quotes: [`it's`, 'say "hi"', `it's "both"`, 'back\\slash', `it's\\`, `''`],
  lines: ['one\ntwo\n', 'tab\there', 'nul\0', 'Tomás Rey', '一'],
  'odd key: here': { '8440': 'number', yes: true, '': null },
  nested: [[1, [2, []]], { a: { b: [{ c: {} }] } }, [{ d: 1, e: [2] }]],
  empty: { list: [], map: {} },
};

describe('YAML', () => {
  it('OP-02 is written in block style with quotes only where they are needed', () => {
    const text = yaml({
      services: { edge: { image: 'lyceum', ports: ['8443:8443/tcp'], restart: 'no' } },
      list: [{ a: 1, b: [] }],
    });
    expect(text).toBe(
      [
        'services:',
        '  edge:',
        '    image: lyceum',
        '    ports:',
        "      - '8443:8443/tcp'",
        "    restart: 'no'",
        'list:',
        '  - a: 1',
        '    b: []',
        '',
      ].join('\n'),
    );
  });

  it('OP-02 never leaves a string that could be read as something else without quotes', () => {
    for (const word of [
      'yes',
      'off',
      'null',
      '~',
      '1',
      '.inf',
      '',
      'a: b',
      '- a',
      '{a}',
      '# a',
      'a\nb',
      '*a',
      'ends ',
    ]) {
      expect(yaml(word), JSON.stringify(word)).toMatch(/^['"].*['"]\n$/);
    }
  });

  it('OP-02 refuses numbers that YAML has no agreed word for', () => {
    expect(() => yaml({ port: NaN })).toThrow('NaN');
    expect(() => yaml([Infinity])).toThrow('Infinity');
  });

  it.skipIf(!hasPython)('OP-02 means the same to another reader', () => {
    expect(readByPython(yaml(awkward))).toEqual(awkward);
  });
});
