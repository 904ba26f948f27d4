import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, jobsConfig, loadConfig, readSecret, readSecretKey } from './index.js';

describe('OP-01 configuration', () => {
  let folder: string;
  let secret: string;

  const write = (name: string, content: string, mode = 0o600): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    chmodSync(file, mode);
    return file;
  };
  const jobs = () => ({
    instance: 'jobs',
    region: 'local',
    listen: { port: 9125 },
    database: {
      host: '127.0.0.1',
      port: 8450,
      name: 'lyceum',
      user: 'lyceum_app',
      passwordFile: secret,
      platform: { user: 'lyceum_platform', passwordFile: secret },
    },
    redis: { host: '127.0.0.1', port: 8451, username: 'jobs', passwordFile: secret },
    store: {
      endpoint: 'http://127.0.0.1:8452',
      region: 'local',
      bucket: 'lyceum',
      accessKeyFile: secret,
      secretKeyFile: secret,
    },
    keys: { socket: '/run/keys/jobs.sock' },
  });
  const load = (value: unknown, instance?: string) =>
    loadConfig(jobsConfig, { LYCEUM_CONFIG: write('jobs.json', JSON.stringify(value)), LYCEUM_INSTANCE: instance });
  const faultsOf = (value: unknown): readonly string[] => {
    try {
      load(value);
    } catch (error) {
      if (error instanceof ConfigError) return error.faults;
      throw error;
    }
    return [];
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lyceum-config-'));
    secret = write('secret', 'hush\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('OP-01 is read with its defaults, and the instance from the environment', () => {
    expect(load(jobs(), 'jobs-2')).toMatchObject({
      instance: 'jobs-2',
      log: { level: 'info' },
      listen: { host: '127.0.0.1', port: 9125 },
      database: { poolSize: 10 },
      concurrency: 4,
    });
  });

  it('OP-01 lists every mistake at once, with its place', () => {
    const readable = write('readable', 'hush', 0o640);
    const wrong = jobs();
    const faults = faultsOf({
      ...wrong,
      region: undefined,
      listen: { port: 'many' },
      database: { ...wrong.database, passwordFile: readable },
      redis: { ...wrong.redis, passwordFile: join(folder, 'nowhere') },
      keys: { socket: 'relative/path' },
      concurency: 8,
    });
    expect(faults).toHaveLength(6);
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^region: /),
        expect.stringMatching(/^listen\.port: /),
        expect.stringMatching(/^database\.passwordFile: .*readable.*mode 640.*chmod 600/),
        expect.stringMatching(/^redis\.passwordFile: .*nowhere can't be read \(ENOENT\)/),
        expect.stringMatching(/^keys\.socket: must be an absolute path/),
        expect.stringMatching(/concurency/),
      ]),
    );
  });

  it('OP-01 says when there is no file, or no JSON in it', () => {
    expect(() => loadConfig(jobsConfig, {})).toThrow('LYCEUM_CONFIG must name the configuration file');
    expect(() => loadConfig(jobsConfig, { LYCEUM_CONFIG: join(folder, 'none.json') })).toThrow(/can't be read/);
    const file = write('broken.json', '{');
    expect(() => loadConfig(jobsConfig, { LYCEUM_CONFIG: file })).toThrow(/is not JSON/);
  });

  it.each([0o640, 0o604, 0o622, 0o660])('SE-02 a secret that others can get at (mode %o) is refused', (mode) => {
    expect(() => readSecret(write('open', 'hush', mode))).toThrow(/can be read or written by others/);
  });

  it('SE-02 a secret is text without the line end, and never empty', () => {
    expect(readSecret(secret)).toBe('hush');
    expect(readSecret(write('owner', 'hush', 0o400))).toBe('hush');
    expect(() => readSecret(write('empty', ''))).toThrow(/is empty/);
    expect(() => readSecret(folder)).toThrow(/is not a file/);
  });

  it('SE-02 a key may be written as hex or base64 and must be long enough', () => {
    const key = Buffer.alloc(32, 7);
    for (const text of [key.toString('hex'), key.toString('base64'), key.toString('base64url')]) {
      expect(readSecretKey(write('key', text))).toEqual(key);
    }
    expect(() => readSecretKey(write('short', key.subarray(0, 16).toString('hex')))).toThrow('holds 16 bytes of key');
  });
});
