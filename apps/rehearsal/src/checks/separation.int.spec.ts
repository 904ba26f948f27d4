import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { applianceHome } from './appliance-under-test.js';
import { filesBelow } from './files.js';
import { componentStatus } from '../processes.js';

const run = promisify(execFile);

/** Which of `files` the system user can really read a byte of. */
async function readableBy(user: string, files: readonly string[]): Promise<string[]> {
  const script = 'for f in "$@"; do head -c 1 "$f" >/dev/null 2>&1 && printf "%s\\n" "$f"; done; true';
  const { stdout } = await run('runuser', ['-u', user, '--', 'sh', '-c', script, 'sh', ...files]);
  return stdout.split('\n').filter(Boolean);
}

describe('SE-07 parts are kept from each other', () => {
  const home = applianceHome();
  const secrets = filesBelow(join(home, 'secrets'));

  it('SE-07 every component runs as a user of its own', async () => {
    const components = await componentStatus();
    expect(components.length).toBeGreaterThanOrEqual(12);
    const owners = new Map<string, string>();
    for (const { name, user, pid } of components) {
      expect(user, name).toBeTruthy();
      const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      const expected = (await run('id', ['-u', user ?? ''])).stdout.trim();
      expect(uid, `${name} runs as its user`).toBe(expected);
      expect(uid, name).not.toBe('0');
      const part = name.replace(/-\d+$/, '');
      expect(owners.get(user ?? '') ?? part, `${user} serves one component`).toBe(part);
      owners.set(user ?? '', part);
    }
  });

  it("SE-07 no component can read another's secrets", async () => {
    expect(secrets.length).toBeGreaterThan(10);
    for (const { name, user } of await componentStatus()) {
      const part = name.replace(/-\d+$/, '');
      const others = (await readableBy(user ?? '', secrets)).filter(
        (file) => !file.startsWith(join(home, 'secrets', part) + '/'),
      );
      expect(others, `${name} reads`).toEqual([]);
    }
  });

  it("SE-07 no component can read another's data or configuration", async () => {
    const kinds = ['state', 'config'].map((kind) => join(home, kind));
    for (const { name, user } of await componentStatus()) {
      const part = name.replace(/-\d+$/, '');
      for (const kind of kinds) {
        const foreign = readdirSync(kind, { withFileTypes: true })
          .filter((entry) => entry.isDirectory() && !['certificates', 'services'].includes(entry.name))
          .filter((entry) => entry.name.replace(/-\d+$/, '') !== part)
          .map((entry) => join(kind, entry.name));
        const script = 'for d in "$@"; do ls "$d" >/dev/null 2>&1 && printf "%s\\n" "$d"; done; true';
        const { stdout } = await run('runuser', ['-u', user ?? '', '--', 'sh', '-c', script, 'sh', ...foreign]);
        expect(
          stdout
            .split('\n')
            .filter(Boolean)
            .map((directory) => basename(directory)),
          `${name} lists`,
        ).toEqual([]);
      }
    }
  });

  it('SE-07 no secret stands in a command line, an environment or a log', async () => {
    const values = secrets
      .map((file) => ({ file, value: readFileSync(file, 'utf8').trim() }))
      .filter(({ value }) => value.length >= 16 && value.length <= 200);
    expect(values.length).toBeGreaterThan(8);
    const places = filesBelow(join(home, 'logs'));
    for (const { pid } of await componentStatus()) places.push(`/proc/${pid}/cmdline`);
    for (const place of places.filter((path) => existsSync(path))) {
      const text = readFileSync(place, 'latin1');
      for (const { file, value } of values) expect(text.includes(value), `${basename(file)} in ${place}`).toBe(false);
    }
  });
});
