import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ComponentName, SecretName, ServiceName, UserName } from '../model/names.ts';

/** Where everything of one appliance lies. */
export class Layout {
  readonly checkout: string;
  readonly cache: string;
  /** Set when everything lies under one directory; undefined for the system's usual places. */
  readonly home: string | undefined;
  /** Whether parts run as users of their own. */
  readonly separated: boolean;
  readonly programs: string;
  readonly config: string;
  readonly secrets: string;
  readonly state: string;
  readonly logs: string;
  readonly run: string;
  /** Start of every user's name: `lyceum` for the machine's own appliance, a tag made from its home for others. */
  readonly userPrefix: string;

  constructor(options: { checkout: string; cache: string; home: string | undefined; separated: boolean }) {
    this.checkout = options.checkout;
    this.cache = options.cache;
    this.separated = options.separated;
    this.home = options.home;
    const { home } = options;
    this.programs = home ? join(home, 'programs') : '/opt/lyceum';
    this.config = home ? join(home, 'config') : '/etc/lyceum';
    // Apart from state, so that a copy of the data never holds the key to it.
    this.secrets = home ? join(home, 'secrets') : '/etc/lyceum/secrets';
    this.state = home ? join(home, 'state') : '/var/lib/lyceum';
    this.logs = home ? join(home, 'logs') : '/var/log/lyceum';
    this.run = home ? join(home, 'run') : '/run/lyceum';
    this.userPrefix = home ? `ly-${createHash('sha256').update(home).digest('hex').slice(0, 6)}` : 'lyceum';
  }

  static fromEnvironment(environment: NodeJS.ProcessEnv = process.env): Layout {
    const root = process.getuid?.() === 0;
    const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
    const home = environment['LYCEUM_HOME'] || (root ? undefined : join(homedir(), '.local/share/lyceum'));
    const cache =
      environment['LYCEUM_CACHE'] ||
      (root ? '/var/cache/lyceum' : join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'lyceum'));
    return new Layout({
      checkout,
      cache: resolve(cache),
      home: home === undefined ? undefined : resolve(home),
      separated: root,
    });
  }

  user(name: UserName): string {
    return `${this.userPrefix}-${name}`;
  }

  configDir(name: ComponentName): string {
    return join(this.config, name);
  }
  dataDir(name: ComponentName): string {
    return join(this.state, name);
  }
  runDir(name: ComponentName): string {
    return join(this.run, name);
  }
  logDir(name: ServiceName): string {
    return join(this.logs, name);
  }
  secretFile(user: UserName, name: SecretName): string {
    return join(this.secrets, user, name);
  }
  /** Service directories of the supervisor. */
  get services(): string {
    return join(this.config, 'services');
  }
  /** What synthetic joins came to; no component's data, so that a reset keeps it. */
  get synthetic(): string {
    return join(this.state, 'synthetic');
  }
  get authority(): string {
    return join(this.config, 'certificates', 'ca.crt');
  }
  get chain(): string {
    return join(this.config, 'certificates', 'server.crt');
  }
  /** Top directories: what `remove` takes away, and what `up` makes passable for the parts' users. */
  get roots(): readonly string[] {
    return [this.programs, this.config, this.secrets, this.state, this.logs, this.run];
  }
}
