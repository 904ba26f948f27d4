import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Layout } from '../host/layout.ts';
import { attempt } from '../host/exec.ts';
import { freePortBase } from '../testing/free-ports.ts';

/**
 * Bad input to a small appliance of its own (Redis alone, a second to start): each ends in a sentence that names the
 * cause and what to type, and the next `up` recovers.
 */
const checkout = resolve(import.meta.dirname, '../../..');
const { cache } = Layout.fromEnvironment();
const portBase = freePortBase();
let home: string;

const lyceum = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  attempt(join(checkout, 'lyceum'), args, { env: { ...process.env, LYCEUM_HOME: home, LYCEUM_CACHE: cache, ...env } });
const up = (env: NodeJS.ProcessEnv = {}, ...more: string[]) => lyceum(['up', '--only', 'redis', ...more], env);
const root = process.getuid?.() === 0;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'ly-'));
  chmodSync(home, 0o755);
  const { status, output } = await up({}, '--port-base', String(portBase));
  expect(status, output).toBe(0);
});
afterAll(async () => {
  await lyceum(['remove', '--purge', '--yes']);
  rmSync(home, { recursive: true, force: true });
});

async function pidOfRedis(): Promise<number | null | undefined> {
  const { stdout } = await lyceum(['status', '--json']);
  const { components } = JSON.parse(stdout) as { components: { name: string; pid: number | null }[] };
  return components.find(({ name }) => name === 'redis')?.pid;
}

/** Runs a command until it says that a step is done, and kills it there. */
async function killed(after: string, args: string[]): Promise<void> {
  const child = spawn(join(checkout, 'lyceum'), args, {
    env: { ...process.env, LYCEUM_HOME: home, LYCEUM_CACHE: cache },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<void>((done) => child.once('close', () => done()));
  let said = '';
  const reached = new Promise<void>((done) => {
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString('utf8');
      if (new RegExp(`s  ${after} `).test(said)) done();
    });
  });
  child.stderr.on('data', (text: Buffer) => (said += text.toString('utf8')));
  await Promise.race([reached, closed]);
  expect(child.exitCode, `it ended before it could be killed:\n${said}`).toBeNull();
  child.kill('SIGKILL');
  await closed;
  expect(child.signalCode).toBe('SIGKILL');
}

const recovers = async (): Promise<void> => {
  const { status, output } = await up();
  expect(status, output).toBe(0);
};

describe('OP-01 bad input', () => {
  it('OP-01 an up that finds everything as it should be changes nothing', async () => {
    const { status, stdout } = await up();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^0 changed/m);
  });

  it('OP-01 a wrong configuration value is named with its file, and is not fatal to what runs', async () => {
    const file = join(home, 'config/appliance.json');
    const good = readFileSync(file, 'utf8');
    writeFileSync(file, good.replace(String(portBase), '"many"'));
    const { status, output } = await up();
    expect(status).toBe(1);
    expect(output).toContain('portBase "many" is not a whole number');
    expect(output).toContain(`Type: correct ${file}`);
    writeFileSync(file, good);
    await recovers();
  });

  it('OP-01 a taken port is named with the process that holds it', async () => {
    await lyceum(['down']);
    const server = createServer();
    await new Promise<void>((done) => server.listen(portBase + 11, '127.0.0.1', done));
    const { status, output } = await up();
    expect(status).toBe(1);
    expect(output).toMatch(
      new RegExp(`redis: port ${portBase + 11} \\(tcp\\) is taken by .*\\(process ${process.pid}\\)`),
    );
    expect(output).toContain('Type: ./lyceum up --port-base');
    await new Promise((done) => server.close(done));
    await recovers();
  });

  it('OP-01 a stopped component is named by status, and the next up starts it', async () => {
    await attempt('sv', ['down', join(home, 'config/services/redis')]);
    const before = await lyceum(['status', '--json']);
    expect(before.status).toBe(1);
    const state = (text: string): string | undefined =>
      (JSON.parse(text) as { components: { name: string; state: string }[] }).components.find(
        ({ name }) => name === 'redis',
      )?.state;
    expect(state(before.stdout)).toBe('stopped');
    await recovers();
    expect(state((await lyceum(['status', '--json'])).stdout)).toBe('healthy');
  });

  it('OP-01 a component that cannot start is named with the end of its log', async () => {
    await lyceum(['down']);
    const data = join(home, 'state/redis/appendonlydir');
    rmSync(data, { recursive: true, force: true });
    writeFileSync(data, 'not a directory');
    const { status, output } = await up();
    expect(status).toBe(1);
    expect(output).toMatch(/redis: (ends as soon as it is started|is not healthy)/);
    expect(output).toContain('The end of its log:');
    expect(output).toContain('Type: ./lyceum logs redis');
    rmSync(data);
    await recovers();
  });

  it('OP-01 a missing registry is named, and what is done already is kept', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'ly-cache-'));
    const nowhere = 'http://127.0.0.1:9';
    const { status, output } = await up({
      LYCEUM_CACHE: empty,
      HTTPS_PROXY: nowhere,
      https_proxy: nowhere,
      HTTP_PROXY: nowhere,
      http_proxy: nowhere,
      PIP_RETRIES: '0',
      PIP_NO_CACHE_DIR: '1',
    });
    expect(status).not.toBe(0);
    expect(output).toMatch(/node: Node\.js [\d.]+ can't be had from PyPI/);
    expect(output).toContain('Type: ./lyceum up --only redis   once this machine reaches PyPI');
    rmSync(empty, { recursive: true });
    await recovers();
  });

  it.runIf(root)('OP-01 a full disk stops up before anything is half written', async () => {
    const small = mkdtempSync(join(tmpdir(), 'ly-full-'));
    chmodSync(small, 0o755);
    await attempt('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=755', 'tmpfs', small]);
    try {
      const { status, output } = await up({ LYCEUM_HOME: small }, '--port-base', String(portBase));
      expect(status).toBe(1);
      expect(output).toMatch(/disk: the disk is full: .* needs \d+ MB and \d+ MB are free/);
      expect(output).toMatch(/Type: df -h .*and free some space/);
    } finally {
      await attempt('umount', [small]);
      rmSync(small, { recursive: true, force: true });
    }
    await recovers();
  });

  // The line of a step appears when it is done: each is killed in the step that follows.
  it.each([
    ['Settings', 'Users'],
    ['Directories', 'Secrets'],
    ['Services', 'Database cluster'],
    ['PostgreSQL', 'Database roles'],
  ])('OP-01 an up from nothing that is killed after %s, in %s, is continued by the next one', async (after) => {
    await lyceum(['remove', '--purge', '--yes']);
    const args = ['up', '--only', 'postgres,redis', '--port-base', String(portBase)];
    await killed(after, args);
    const { status, output } = await lyceum(args);
    expect(status, output).toBe(0);
    expect((await lyceum(args)).stdout).toMatch(/^0 changed/m);
  });

  it('OP-01 an up killed in the schema, and again while it makes institutions, is continued by the next one', async () => {
    await lyceum(['remove', '--purge', '--yes']);
    const args = ['up', '--only', 'store,keys,keycloak', '--port-base', String(portBase)];
    await killed('Keys', args);
    await killed('Schema', args);
    const { status, output } = await lyceum(args);
    expect(status, output).toBe(0);
    const people = JSON.parse(readFileSync(join(home, 'state/people.json'), 'utf8')) as { tenant: string }[];
    expect(new Set(people.map(({ tenant }) => tenant)).size).toBe(2);
    expect((await lyceum(args)).stdout).toMatch(/^0 changed/m);
    await lyceum(['remove', '--purge', '--yes']);
    await lyceum(['up', '--only', 'redis', '--port-base', String(portBase)]);
  }, 900_000);

  it('OP-01 an unknown command, option or component ends in what to type instead', async () => {
    expect((await lyceum(['upp'])).output).toContain('Type: ./lyceum help');
    expect((await lyceum(['up', '--hots', 'x'])).output).toContain('Type: ./lyceum up [--host NAME]');
    expect((await lyceum(['up', '--only', 'reddis'])).output).toContain('reddis: is not the name of a component');
    expect((await lyceum(['logs', 'reddis'])).output).toContain('NAME is one of: postgres');
  });

  it.runIf(root)('OP-01 remove leaves no process, user or directory behind', async () => {
    const other = mkdtempSync(join(tmpdir(), 'ly-'));
    chmodSync(other, 0o755);
    mkdirSync(other, { recursive: true });
    const env = { LYCEUM_HOME: other };
    expect((await up(env, '--port-base', String(freePortBase()))).status).toBe(0);
    const prefix = new Layout({ checkout, cache, home: other, separated: true }).userPrefix;
    expect(readFileSync('/etc/passwd', 'utf8')).toContain(prefix);
    const first = await pidOfRedis();
    expect((await lyceum(['remove', '--purge', '--yes'], env)).status).toBe(0);
    expect(first).toBeGreaterThan(0);
    expect(await pidOfRedis()).toBe(first);
    expect(readFileSync('/etc/passwd', 'utf8')).not.toContain(prefix);
    expect((await attempt('pgrep', ['-f', other])).stdout).toBe('');
    expect((await attempt('ls', [other])).status).not.toBe(0);
  });
});
