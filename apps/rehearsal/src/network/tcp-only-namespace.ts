import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * A network namespace like a strict campus firewall: TCP to a few ports of this machine, and nothing else. The ports answer
 * on the namespace's own loopback too, since the appliance's canonical origin may be localhost. Needs root, iproute2,
 * nftables and socat.
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
    // A /30 of its own per process, inside 10.213.0.0/16: the host is .1, the namespace .2.
    const subnet = (process.pid % 16_384) * 4;
    const address = (last: number) => `10.213.${subnet >> 8}.${(subnet & 255) + last}`;
    const [outside, inside] = [`ly${process.pid % 100_000}h`, `ly${process.pid % 100_000}n`];
    await run('ip', ['netns', 'add', name]);
    await run('ip', ['link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', name]);
    await run('ip', ['addr', 'add', `${address(1)}/30`, 'dev', outside]);
    await run('ip', ['link', 'set', outside, 'up']);
    await this.inside('ip', 'addr', 'add', `${address(2)}/30`, 'dev', inside);
    await this.inside('ip', 'link', 'set', inside, 'up');
    await this.inside('ip', 'link', 'set', 'lo', 'up');
    await this.inside('ip', 'route', 'add', 'default', 'via', address(1));
    const rules = `table inet wall {
      chain out { type filter hook output priority 0; policy drop;
        oif lo accept
        ip daddr ${address(1)} tcp dport { ${this.ports.join(', ')} } accept
      }
    }
`;
    const file = join(this.directory, 'wall.nft');
    writeFileSync(file, rules);
    await this.inside('nft', '-f', file);
    for (const port of this.ports) {
      const listen = `TCP-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr`;
      const args = ['netns', 'exec', name, 'socat', listen, `TCP:${address(1)}:${port}`];
      this.forwarders.push(spawn('ip', args, { stdio: 'ignore' }));
    }
    writeFileSync(this.browser, `#!/bin/sh\nexec ip netns exec ${name} /usr/bin/chromium "$@"\n`);
    chmodSync(this.browser, 0o755);
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
