import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { ensurePackages } from '../fetch/debian.ts';
import { debianServices } from '../fetch/services.ts';
import { attempt, run } from '../host/exec.ts';
import type { Layout } from '../host/layout.ts';
import { freePortBase } from './free-ports.ts';

/** How this machine reaches the registries (mirrors, authorities): a fresh machine of the same network has it too. */
const networkSettings = [
  '/etc/resolv.conf',
  '/etc/hosts',
  '/etc/pip.conf',
  '/etc/apt/apt.conf.d',
  '/etc/apt/sources.list',
  '/etc/apt/sources.list.d',
  '/etc/apt/auth.conf.d',
  '/usr/local/share/ca-certificates',
  '/root/.npmrc',
  '/etc/maven/settings.xml',
  '/root/.m2/settings.xml',
  '/root/.config/go',
] as const;

/** Variables by which tools are told of mirrors, proxies and authorities. */
const networkVariables =
  /^(https?_proxy|no_proxy|PIP_(CERT|INDEX_URL|DEFAULT_TIMEOUT)|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|npm_config_registry|GOPROXY|GOSUMDB|GONOSUMDB)$/i;

/** Where the checkout lies inside the new system. */
const checkout = '/srv/lyceum';

/** Services of Debian's packages that would start at boot, and the cluster PostgreSQL's would make. */
function servicesOfDebian(root: string): string[] {
  const runlevels = readdirSync(join(root, 'etc')).filter((name) => /^rc[0-6S]\.d$/.test(name));
  const started = runlevels.flatMap((folder) =>
    readdirSync(join(root, 'etc', folder))
      .filter((name) => debianServices.some((service) => new RegExp(`^S\\d\\d${service}$`).test(name)))
      .map((name) => `/etc/${folder}/${name}`),
  );
  const cluster = '/etc/postgresql/15/main';
  return [...started, ...(existsSync(join(root, cluster)) ? [cluster] : [])];
}

/** Twenty minutes for the first `up` and one for the second: the bar on two cores. */
const bar = { firstSeconds: 20 * 60, secondSeconds: 60 };

/**
 * A bare Debian 12 (debootstrap, minbase with ca-certificates and git), a clone of this checkout's last commit, one
 * command, one rehearsal, and the command again. Nothing of this machine's caches is used.
 * @param keep leave the system and what runs in it when something failed, to look at
 */
export async function freshRoot(layout: Layout, keep: boolean, say: (line: string) => void): Promise<number> {
  if (!layout.separated)
    throw new Failure('fresh root', 'making a bare system needs root', 'sudo ./lyceum test --fresh-root');
  await ensurePackages(layout, ['debootstrap', 'git', 'mount']);
  const root = mkdtempSync('/var/tmp/lyceum-root-');
  // It becomes `/`, which the users inside must be able to enter.
  chmodSync(root, 0o755);
  const mounts = ['/proc', '/dev', '/dev/pts', '/dev/shm', '/sys'].filter((path) => existsSync(path));
  const network = Object.fromEntries(Object.entries(process.env).filter(([name]) => networkVariables.test(name)));
  const inside = (command: string): Promise<{ status: number | null; stdout: string }> =>
    attempt('/usr/sbin/chroot', [root, '/bin/sh', '-c', command], {
      show: true,
      env: { ...network, PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LANG: 'C.UTF-8' },
    });
  const pids = async (): Promise<string> => {
    const { stdout } = await inside(`${checkout}/lyceum status --json`);
    if (!stdout.startsWith('{')) return 'nothing';
    const { supervisor, components } = JSON.parse(stdout) as {
      supervisor: number | null;
      components: { name: string; pid: number | null }[];
    };
    return [`supervisor ${supervisor}`, ...components.map(({ name, pid }) => `${name} ${pid}`)].join(', ');
  };
  const takeDown = async (): Promise<void> => {
    await inside(`${checkout}/lyceum down`);
    for (const path of [...mounts].reverse()) await attempt('umount', [join(root, path)]);
    // Only when nothing is mounted any more: what lies behind a mount is this machine's.
    const left = (await attempt('sh', ['-c', `grep -c ' ${root}/' /proc/mounts`])).stdout.trim();
    if (left === '0') await run('rm', ['-rf', '--one-file-system', root, `${root}.log`]);
    else say(`${root} is left: something in it is still mounted`);
  };
  // Until it was seen to succeed, each of them counts as failed.
  const unmet = new Set(['up', 'again', 'apart', 'lesson']);
  const all = unmet.size;
  const expect = (ok: boolean, name: string, what: string): void => {
    say(`${ok ? 'ok    ' : 'FAILED'}  ${what}`);
    if (ok) unmet.delete(name);
  };
  try {
    say(`A bare Debian 12 in ${root} …`);
    await run('debootstrap', ['--variant=minbase', '--include=ca-certificates,git', 'bookworm', root], {
      log: `${root}.log`,
    });
    for (const path of networkSettings.filter((candidate) => existsSync(candidate))) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      // What is there may be a link, and followed from out here it would lead to this machine's own files.
      rmSync(join(root, path), { recursive: true, force: true });
      cpSync(path, join(root, path), { recursive: true, dereference: true, force: true });
    }
    for (const path of mounts) {
      mkdirSync(join(root, path), { recursive: true });
      await run('mount', ['--bind', path, join(root, path)]);
    }
    // Authorities take effect the way an administrator would do it; Java's own list is made from the same.
    await run('/usr/sbin/chroot', [root, 'update-ca-certificates'], { log: `${root}.log` });
    await run('git', ['clone', '--quiet', '--no-hardlinks', layout.checkout, join(root, checkout)]);
    const base = freePortBase();
    const started = Date.now();
    const first = await inside(`${checkout}/lyceum up --port-base ${base}`);
    const firstSeconds = (Date.now() - started) / 1000;
    expect(
      first.status === 0 && firstSeconds <= bar.firstSeconds,
      'up',
      `up from nothing: status ${first.status} after ${firstSeconds.toFixed(0)} s`,
    );
    const before = await pids();
    const again = Date.now();
    const second = await inside(`${checkout}/lyceum up`);
    const secondSeconds = (Date.now() - again) / 1000;
    const unchanged = /^0 changed/m.test(second.stdout);
    const same = before === (await pids());
    const what = `${unchanged ? '0 changed' : 'something changed'}, ${same ? 'the same processes' : `not ${before}`}`;
    expect(
      second.status === 0 && unchanged && same && secondSeconds <= bar.secondSeconds,
      'again',
      `second up: status ${second.status}, ${what}, ${secondSeconds.toFixed(0)} s`,
    );
    const left = servicesOfDebian(root);
    expect(left.length === 0, 'apart', `what Debian's packages would start or make: ${left.join(', ') || 'nothing'}`);
    const lesson = await inside(`${checkout}/lyceum rehearse first-class --json`);
    expect(lesson.status === 0, 'lesson', `rehearse first-class: status ${lesson.status}`);
  } finally {
    if (keep && unmet.size > 0)
      say(`${root} is left as it is: chroot ${root} /bin/bash   (unmount what is in it before you remove it)`);
    else await takeDown();
  }
  say(`\n${all - unmet.size} passed, ${unmet.size} failed`);
  return unmet.size === 0 ? 0 : 1;
}
