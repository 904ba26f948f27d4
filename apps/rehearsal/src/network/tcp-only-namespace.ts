import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * A network namespace like a strict campus firewall: a few TCP ports of the appliance answer, on its loopback since the
 * canonical origin may be localhost, and nothing else leads out. Needs root, iproute2 and socat.
 */
export class TcpOnlyNamespace {
  private readonly forwarders: ChildProcess[] = [];
  private readonly directory = mkdtempSync(join(tmpdir(), 'lyceum-netns-'));

  private constructor(
    private readonly name: string,
    private readonly ports: readonly number[],
  ) {}

  /** Executable that runs Chromium inside the namespace. */
  get browser(): string {
    return join(this.directory, 'chromium');
  }

  static async create(ports: readonly number[]): Promise<TcpOnlyNamespace> {
    const namespace = new TcpOnlyNamespace(`lyceum-${process.pid}`, ports);
    try {
      await namespace.build();
      return namespace;
    } catch (error) {
      await namespace.remove();
      throw error;
    }
  }

  private async build(): Promise<void> {
    const { name } = this;
    await run('ip', ['netns', 'add', name]);
    await this.inside('ip', 'link', 'set', 'lo', 'up');
    // Browsers gather no candidates on loopback: an address that leads nowhere stands for the campus network.
    await this.inside('ip', 'link', 'add', 'campus', 'type', 'veth', 'peer', 'name', 'wall');
    await this.inside('ip', 'link', 'set', 'wall', 'up');
    await this.inside('ip', 'addr', 'add', '10.213.0.2/24', 'dev', 'campus');
    await this.inside('ip', 'link', 'set', 'campus', 'up');
    for (const port of this.ports) {
      const door = join(this.directory, `${port}.sock`);
      this.forward('socat', `UNIX-LISTEN:${door},fork`, `TCP:127.0.0.1:${port}`);
      const listen = `TCP-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr`;
      this.forward('ip', 'netns', 'exec', name, 'socat', listen, `UNIX-CONNECT:${door}`);
    }
    writeFileSync(this.browser, `#!/bin/sh\nexec ip netns exec ${name} /usr/bin/chromium "$@"\n`);
    chmodSync(this.browser, 0o755);
  }

  private forward(command: string, ...args: string[]): void {
    this.forwarders.push(spawn(command, args, { stdio: 'ignore' }));
  }

  private inside(command: string, ...args: string[]): Promise<unknown> {
    return run('ip', ['netns', 'exec', this.name, command, ...args]);
  }

  /** Ends what runs inside and removes the namespace with its interfaces. */
  async remove(): Promise<void> {
    for (const forwarder of this.forwarders) forwarder.kill();
    await run('ip', ['netns', 'delete', this.name]).catch(() => undefined);
    rmSync(this.directory, { recursive: true, force: true });
  }
}
