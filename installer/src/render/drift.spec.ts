import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderings } from '../commands/render.ts';
import { Layout } from '../host/layout.ts';
import { checkSyntax } from './drift-syntax.ts';
import { drifted, writeDrifted } from './drift.ts';

describe('rendered files', () => {
  let checkout: string;
  beforeAll(() => {
    checkout = mkdtempSync(join(tmpdir(), 'lyceum-drift-'));
  });
  afterAll(() => rmSync(checkout, { recursive: true, force: true }));

  it('OP-02 OP-03 are in the repository as the description makes them', () => {
    expect(drifted(Layout.fromEnvironment().checkout, renderings())).toEqual([]);
  });

  it('OP-02 OP-03 are written when they are missing, once', () => {
    expect(writeDrifted(checkout, renderings())).toEqual([...renderings().keys()]);
    expect(writeDrifted(checkout, renderings())).toEqual([]);
  });

  it('OP-02 OP-03 that somebody edited are found by name, and put right', () => {
    const file = join(checkout, 'compose/compose.yaml');
    writeFileSync(file, `${readFileSync(file, 'utf8')}# by hand\n`);
    rmSync(join(checkout, 'ansible/group_vars/all.yml'));
    expect(drifted(checkout, renderings())).toEqual(['compose/compose.yaml', 'ansible/group_vars/all.yml']);
    writeDrifted(checkout, renderings());
    expect(drifted(checkout, renderings())).toEqual([]);
  });

  it('OP-02 OP-03 say so in their first line', () => {
    for (const [path, content] of renderings()) {
      if (!path.endsWith('.json')) expect(content, path).toMatch(/^# Rendered from .*`\.\/lyceum render`/);
    }
  });
});

describe('the syntax check', () => {
  const { checkout } = Layout.fromEnvironment();
  const path = process.env['PATH'];
  const said: string[] = [];
  beforeEach(() => {
    said.length = 0;
    process.env['PATH'] = '/nonexistent';
  });
  afterEach(() => {
    process.env['PATH'] = path;
  });

  it('OP-02 OP-03 names the tools that are not there, and still reads the YAML', async () => {
    await checkSyntax(checkout, false, (line) => said.push(line));
    expect(said).toEqual([
      'YAML: accepted by prettier',
      'Compose file: not checked, docker-compose is not installed',
      'playbook: not checked, ansible-playbook is not installed',
      'inventory: not checked, ansible-inventory is not installed',
    ]);
  });

  it('OP-02 OP-03 lets nothing pass unchecked where every tool must be there', async () => {
    const strict = checkSyntax(checkout, true, (line) => said.push(line));
    await expect(strict).rejects.toThrow(/Compose file can't be checked: docker-compose is not installed/);
  });

  it('OP-02 OP-03 refuses a file that is not YAML', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'lyceum-syntax-'));
    try {
      writeDrifted(copy, renderings());
      symlinkSync(join(checkout, 'node_modules'), join(copy, 'node_modules'));
      writeFileSync(join(copy, 'ansible/site.yml'), '- hosts: [lyceum\n');
      await expect(checkSyntax(copy, false, (line) => said.push(line))).rejects.toThrow(
        /prettier does not accept the YAML/,
      );
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});
