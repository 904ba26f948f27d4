import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Credentials } from '../appliance.js';
import { componentStatus } from '../processes.js';
import { applianceHome } from './appliance-under-test.js';
import { filesBelow } from './files.js';

const run = promisify(execFile);

/** Which of `files` the system user can really open. No process is made per file: a database has thousands. */
async function readableBy(user: string, files: readonly string[]): Promise<string[]> {
  const script = 'while IFS= read -r f; do true 2>/dev/null <"$f" && printf "%s\\n" "$f"; done; true';
  const running = run('runuser', ['-u', user, '--', 'sh', '-c', script], { maxBuffer: 64 * 1024 * 1024 });
  running.child.stdin?.end(files.map((file) => `${file}\n`).join(''));
  return (await running).stdout.split('\n').filter(Boolean);
}

/** Components that several processes are of, such as api-1 and api-2, are one part. */
const partOf = (name: string): string => name.replace(/-\d+$/, '');

/** Programs of others that take a secret from nowhere but their environment, which nobody else can read. */
const secretInEnvironment = ['keycloak', 'store'];

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
      const part = partOf(name);
      expect(owners.get(user ?? '') ?? part, `${user} serves one component`).toBe(part);
      owners.set(user ?? '', part);
    }
  });

  it('SE-07 every component can read its own secrets and no others', async () => {
    expect(secrets.length).toBeGreaterThan(10);
    const holders: string[] = [];
    for (const { name, user } of await componentStatus()) {
      const handed = join(home, 'secrets', partOf(name), 'environment');
      // The supervisor, as root, puts those into the environment of who takes a secret in no other way.
      const own = secrets.filter(
        (file) => file.startsWith(join(home, 'secrets', partOf(name)) + '/') && !file.startsWith(handed),
      );
      expect((await readableBy(user ?? '', secrets)).sort(), `${name} reads`).toEqual(own.sort());
      if (own.length > 0) holders.push(name);
    }
    expect(holders.length).toBeGreaterThan(6);
  });

  it("SE-07 no component can read another's data or configuration", async () => {
    const files = ['state', 'config'].flatMap((kind) =>
      readdirSync(join(home, kind), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !['certificates', 'services'].includes(entry.name))
        .flatMap(({ name }) => filesBelow(join(home, kind, name)).map((file) => ({ part: partOf(name), file }))),
    );
    const readers: string[] = [];
    for (const { name, user } of await componentStatus()) {
      const readable = new Set(
        await readableBy(
          user ?? '',
          files.map(({ file }) => file),
        ),
      );
      const seen = files.filter(({ file }) => readable.has(file));
      const foreign = seen.filter(({ part }) => part !== partOf(name)).map(({ file }) => file);
      expect(foreign, `${name} reads`).toEqual([]);
      if (seen.length > 0) readers.push(name);
    }
    // It was looked at in a way that sees something: everyone's own.
    expect(readers.length).toBeGreaterThan(6);
  });

  const logs = () => filesBelow(join(home, 'logs')).filter((path) => existsSync(path));

  it('SE-07 no secret stands in a command line, a log, or an environment that another can read', async () => {
    const values = secrets
      .map((file) => ({ file, value: readFileSync(file, 'utf8').trim() }))
      .filter(({ value }) => value.length >= 16 && value.length <= 200);
    expect(values.length).toBeGreaterThan(8);
    const components = await componentStatus();
    const places = logs();
    for (const { name, pid } of components) {
      places.push(`/proc/${pid}/cmdline`);
      if (!secretInEnvironment.includes(name)) places.push(`/proc/${pid}/environ`);
    }
    for (const place of places) {
      const text = readFileSync(place, 'latin1');
      for (const { file, value } of values) expect(text.includes(value), `${basename(file)} in ${place}`).toBe(false);
    }
    for (const { name, user } of components) {
      const others = components.filter((other) => partOf(other.name) !== partOf(name));
      const environments = others.map(({ pid }) => `/proc/${pid}/environ`);
      expect(await readableBy(user ?? '', environments), `${name} reads`).toEqual([]);
    }
  });

  it('SE-05 no name, address or password of a person stands in a log', () => {
    const people = JSON.parse(readFileSync(join(home, 'state/people.json'), 'utf8')) as Credentials[];
    expect(people.length).toBeGreaterThan(5);
    for (const place of logs()) {
      const text = readFileSync(place, 'utf8');
      for (const { tenant, username, name, password } of people) {
        for (const [what, value] of Object.entries({ name, password, address: `${username}@${tenant}.example` }))
          expect(text.includes(value), `${what} of ${username} in ${place}`).toBe(false);
      }
    }
  });
});
