import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig, readSecret, recorderConfig, type RecorderConfig } from '@lyceum/platform/config';

const main = join(import.meta.dirname, '../../dist/main.js');

/** The recorder of the appliance under test: its database, store and keys, for a recorder of the test's own. */
export function applianceRecorderConfig(environment: NodeJS.ProcessEnv = process.env): RecorderConfig {
  const home = environment.LYCEUM_HOME;
  if (!home) throw new Error('LYCEUM_HOME must name a running test appliance');
  return loadConfig(recorderConfig, { LYCEUM_CONFIG: join(home, 'config', 'recorder', 'recorder.json') });
}

/** A recorder process that can be killed and started again on the same disk. */
export class RecorderProcess {
  private child: ChildProcess | null = null;

  private constructor(
    readonly directory: string,
    readonly config: RecorderConfig,
  ) {}

  static async create(base: RecorderConfig): Promise<RecorderProcess> {
    const directory = mkdtempSync(join(tmpdir(), 'lyceum-recorder-'));
    const port = await freePort();
    const config = {
      ...base,
      instance: `recorder-test-${port}`,
      listen: { host: '127.0.0.1', port },
      pipe: { ip: '127.0.0.1', minPort: 50_000, maxPort: 59_999 },
      journalDir: join(directory, 'journal'),
    };
    writeFileSync(join(directory, 'recorder.json'), JSON.stringify(config));
    return new RecorderProcess(directory, config);
  }

  get address(): string {
    return `ws://127.0.0.1:${this.config.listen.port}`;
  }

  get token(): string {
    return readSecret(this.config.controlTokenFile);
  }

  start(): void {
    const env = { ...process.env, LYCEUM_CONFIG: join(this.directory, 'recorder.json') };
    this.child = spawn(process.execPath, [main], {
      env,
      stdio: ['ignore', process.env.LYCEUM_TEST_LOG ? 'inherit' : 'ignore', 'inherit'],
    });
  }

  async ready(): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      const answer = await fetch(`http://127.0.0.1:${this.config.listen.port}/readyz`).catch(() => null);
      if (answer?.ok) return;
      await sleep(100);
    }
    throw new Error('the recorder did not get ready');
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    if (!this.child || this.child.exitCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
