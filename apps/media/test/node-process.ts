import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MEDIA_CONTROL_PATH, mediaToApiSchema, type ActualRoom } from '@lyceum/contracts';
import type { MediaNodeAddress } from '@lyceum/media';
import { WebSocket, type RawData } from 'ws';
import { workerBin } from './stage.js';

const TOKEN = 'c'.repeat(43);

/** The built media process: of the appliance under test, else of this tree. */
function mainScript(): string {
  const { LYCEUM_HOME: home } = process.env;
  if (home) {
    const { releaseDir } = JSON.parse(readFileSync(join(home, 'state/appliance.json'), 'utf8')) as {
      releaseDir: string;
    };
    return join(releaseDir, 'apps/media/dist/main.js');
  }
  const built = join(import.meta.dirname, '../dist/main.js');
  if (!existsSync(built)) throw new Error('build apps/media, or name an appliance by LYCEUM_HOME');
  return built;
}

/** A media node in a process of its own, so that it can be killed and stopped as a machine's would. */
export class NodeProcess {
  private child: ChildProcess | undefined;

  /** Uses ports from `port` on; keeps its files in `folder`. `pipes` as in the configuration of a node. */
  constructor(
    private readonly id: string,
    private readonly port: number,
    private readonly folder: string,
    private readonly more: { readonly region?: string; readonly pipes?: object } = {},
  ) {}

  get address(): MediaNodeAddress {
    return { id: this.id, control: `ws://127.0.0.1:${this.port}`, token: TOKEN };
  }

  get pid(): number {
    const pid = this.child?.pid;
    if (pid === undefined) throw new Error(`${this.id} does not run`);
    return pid;
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    const config = join(this.folder, `${this.id}.json`);
    const secret = (name: string, text: string) => {
      const file = join(this.folder, `${this.id}-${name}`);
      writeFileSync(file, text, { mode: 0o600 });
      return file;
    };
    const content = {
      instance: this.id,
      region: this.more.region ?? 'test',
      listen: { host: '127.0.0.1', port: this.port },
      log: { level: 'warn' },
      controlTokenFile: secret('control', TOKEN),
      workerBin: workerBin(),
      workers: 1,
      rtc: {
        address: '127.0.0.1',
        listenIp: '127.0.0.1',
        firstPort: this.port + 1,
        ...(this.more.pipes && { pipes: this.more.pipes }),
      },
      recorder: { control: `ws://127.0.0.1:${this.port + 4}`, tokenFile: secret('recorder', 'r'.repeat(43)) },
    };
    writeFileSync(config, JSON.stringify(content), { mode: 0o600 });
    this.child = spawn(process.execPath, [mainScript()], {
      env: { ...process.env, LYCEUM_CONFIG: config },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (let look = 0; look < 300 && !(await this.isReady()); look += 1)
      await new Promise((done) => setTimeout(done, 100));
    if (!(await this.isReady())) throw new Error(`${this.id} does not come up`);
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** As the kernel would, and its workers with it. */
  async die(): Promise<void> {
    const workers = this.workers();
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    for (const worker of workers) killQuietly(worker);
    await gone;
  }

  /** Resolves when the process has ended by itself. */
  async ended(): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  /** The rooms that it has, as it tells an api that connects. */
  async rooms(): Promise<ActualRoom[]> {
    const url = `ws://127.0.0.1:${this.port}${MEDIA_CONTROL_PATH}`;
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${TOKEN}` } });
    const [data] = (await once(socket, 'message')) as [RawData];
    socket.terminate();
    const frame = mediaToApiSchema.parse(JSON.parse(String(data)));
    return frame.t === 'welcome' ? frame.rooms : [];
  }

  workers(): number[] {
    if (this.child?.pid === undefined) return [];
    const children = execFileSync('ps', ['-eo', 'pid=,ppid=,comm='], { encoding: 'utf8' });
    return [...children.matchAll(/^\s*(\d+)\s+(\d+) mediasoup-worke/gm)]
      .filter(([, , parent]) => Number(parent) === this.child?.pid)
      .map(([, pid]) => Number(pid));
  }

  private async isReady(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => null);
    return answer?.ok ?? false;
  }
}

/** It may have followed its parent already. */
function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return;
  }
}
