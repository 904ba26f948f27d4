import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orphans, waitForOrphans } from './orphans.ts';

describe('what killed commands leave behind', () => {
  let proc: string;
  const process = (pid: number, command: string, environment: string[]): void => {
    mkdirSync(join(proc, String(pid)));
    writeFileSync(join(proc, String(pid), 'comm'), `${command.split(' ')[0]}\n`);
    writeFileSync(join(proc, String(pid), 'cmdline'), command.replaceAll(' ', '\0'));
    writeFileSync(join(proc, String(pid), 'environ'), environment.map((entry) => `${entry}\0`).join(''));
  };
  beforeEach(() => {
    proc = mkdtempSync(join(tmpdir(), 'lyceum-proc-'));
    writeFileSync(join(proc, 'version'), '');
    process(10, 'node /srv/lyceum/installer/src/main.ts up', []);
    process(11, 'npm ci', ['PATH=/usr/bin', 'LYCEUM_COMMAND=10']);
    process(12, 'bash', ['LYCEUM_COMMANDS=9', 'X=LYCEUM_COMMAND=9']);
  });
  afterEach(() => rmSync(proc, { recursive: true, force: true }));

  it('OP-01 is nothing while the command runs', () => {
    expect(orphans(proc)).toEqual([]);
  });

  it('OP-01 is what carries the number of a command that is gone', () => {
    process(13, 'apt-get install', ['LYCEUM_COMMAND=9', 'PATH=/usr/bin']);
    // A command that a killed one had started knows how to keep others away by itself.
    process(14, 'node /srv/lyceum/installer/src/main.ts up', ['LYCEUM_COMMAND=9']);
    expect(orphans(proc)).toEqual([{ pid: 13, name: 'apt-get' }]);
  });

  it('OP-01 is waited for by name, until it ends', async () => {
    process(13, 'apt-get install', ['LYCEUM_COMMAND=9']);
    const said: string[] = [];
    const waited = waitForOrphans((line) => said.push(line), proc);
    setTimeout(() => rmSync(join(proc, '13'), { recursive: true }), 100);
    await waited;
    expect(said).toEqual(['Waiting for apt-get (process 13), which a killed run left at work …']);
  });
});
