import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Carrier } from './carrier.js';
import { openDoors, type Door } from './doors.js';

const run = promisify(execFile);
let made = 0;

/**
 * The kernel tries an IPv6 address that it gives to a new interface for a second or two, and announces it then: a browser
 * takes that for a change of networks and drops what it is loading.
 */
const withoutIpv6 = 'all=/proc/sys/net/ipv6/conf/all/disable_ipv6; [ ! -e $all ] || echo 1 >$all';

/** An address of the network inside; it leads nowhere, but browsers gather no candidates on loopback. */
const addressOf = (host: number): string => `10.213.0.${host}/24`;

/**
 * A network namespace whose only ways out are a few ports of the appliance. They answer on its loopback, since the
 * canonical origin may be localhost, and are carried by this process, which can make them bad. The machine's own
 * interfaces are not touched. Needs root and iproute2.
 */
export class WalledNetwork {
  private readonly directory = mkdtempSync(join(tmpdir(), 'lyceum-netns-'));
  private readonly name = `lyceum-${process.pid}-${++made}`;
  private carried: Carrier | undefined;
  private host = 2;

  /** Executable that runs Chromium inside. */
  get browser(): string {
    return join(this.directory, 'chromium');
  }

  /** What carries packets out of here and back. */
  get path(): Carrier {
    if (!this.carried) throw new Error('The network has no doors yet.');
    return this.carried;
  }

  /** @throws Error when this machine grants no namespaces, which needs root. */
  static async create(doors: readonly Pick<Door, 'protocol' | 'port'>[]): Promise<WalledNetwork> {
    const network = new WalledNetwork();
    try {
      await network.build(doors);
      return network;
    } catch (error) {
      await network.remove();
      throw error;
    }
  }

  private async build(wanted: readonly Pick<Door, 'protocol' | 'port'>[]): Promise<void> {
    await run('ip', ['netns', 'add', this.name]);
    process.once('exit', this.abandon);
    await run('ip', ['netns', 'exec', this.name, 'sh', '-c', withoutIpv6]);
    await this.inside('link', 'set', 'lo', 'up');
    await this.inside('link', 'add', 'campus', 'type', 'veth', 'peer', 'name', 'wall');
    await this.inside('link', 'set', 'wall', 'up');
    await this.inside('addr', 'add', addressOf(this.host), 'dev', 'campus');
    await this.inside('link', 'set', 'campus', 'up');
    this.carried = new Carrier(await openDoors(this.name, wanted));
    writeFileSync(this.browser, `#!/bin/sh\nexec ip netns exec ${this.name} /usr/bin/chromium "$@"\n`);
    chmodSync(this.browser, 0o755);
  }

  private inside(...args: string[]): Promise<unknown> {
    return run('ip', ['-n', this.name, ...args]);
  }

  /** A laptop that changes from one network to another: the old address goes with its connections, a new one comes. */
  async changeAddress(): Promise<void> {
    const before = addressOf(this.host);
    this.host = this.host === 250 ? 2 : this.host + 1;
    this.path.silence();
    await this.inside('addr', 'del', before, 'dev', 'campus');
    await this.inside('addr', 'add', addressOf(this.host), 'dev', 'campus');
  }

  /** Whoever interrupts a rehearsal finds no namespace left behind. */
  private readonly abandon = (): void => {
    rmSync(this.directory, { recursive: true, force: true });
    execFileSync('ip', ['netns', 'delete', this.name], { stdio: 'ignore' });
  };

  /** Closes the doors and removes the namespace with its interfaces. */
  async remove(): Promise<void> {
    this.carried?.close();
    process.off('exit', this.abandon);
    await run('ip', ['netns', 'delete', this.name]).catch(() => undefined);
    rmSync(this.directory, { recursive: true, force: true });
  }
}
