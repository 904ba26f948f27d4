import { spawn } from 'node:child_process';
import { openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../cli/failure.ts';
import { ensureSuperviseRoot } from '../configure/services.ts';
import { attempt, run } from '../host/exec.ts';
import { ensureFile, exists, readIfThere } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import type { Service } from '../model/component.ts';
import type { ServiceName } from '../model/names.ts';

const unit = 'lyceum.service';
const pidFile = (layout: Layout): string => join(layout.run, 'supervisor.pid');

/** Process id of this appliance's supervisor, if it runs. */
export function supervisorPid(layout: Layout): number | undefined {
  const pid = Number(readIfThere(pidFile(layout))?.toString('utf8').trim());
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    // A number is used again after a boot: it must be a runsvdir over our services.
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes('runsvdir') && command.includes(layout.services) ? pid : undefined;
  } catch {
    return undefined;
  }
}

const underSystemd = (layout: Layout): boolean =>
  layout.separated && layout.home === undefined && exists('/run/systemd/system') && commandOf(1) === 'systemd';

function commandOf(pid: number): string {
  return readIfThere(`/proc/${pid}/comm`)?.toString('utf8').trim() ?? '';
}

/** The one systemd unit, for machines where systemd is process 1: everything below it is the supervisor's. */
export function unitText(layout: Layout): string {
  return `[Unit]
Description=Lyceum, a virtual classroom
After=network-online.target
Wants=network-online.target

[Service]
RuntimeDirectory=lyceum lyceum/supervise
RuntimeDirectoryPreserve=yes
PIDFile=${pidFile(layout)}
ExecStartPre=/bin/sh -c 'rm -f ${layout.services}/*/down'
ExecStart=/bin/sh -c 'echo $$$$ > ${pidFile(layout)}; exec runsvdir -P ${layout.services}'
ExecStop=/bin/sh -c 'sv -w 60 force-stop ${layout.services}/*'
KillMode=mixed
KillSignal=SIGHUP
TimeoutStopSec=120
LimitNOFILE=65536
Restart=always

[Install]
WantedBy=multi-user.target
`;
}

/** Starts the supervisor when it is not running. Services it finds start only when asked. Returns whether it did. */
export async function ensureSupervisor(layout: Layout, waiting: readonly Pick<Service, 'name'>[]): Promise<boolean> {
  if (supervisorPid(layout) !== undefined) return false;
  ensureSuperviseRoot(layout);
  // With this file a service waits for its turn; it goes away once started, so that a boot starts everything.
  for (const { name } of waiting) writeFileSync(join(layout.services, name, 'down'), '');
  if (underSystemd(layout)) {
    const root = { mode: 0o644, uid: 0, gid: 0 };
    if (ensureFile(`/etc/systemd/system/${unit}`, unitText(layout), root)) await run('systemctl', ['daemon-reload']);
    await run('systemctl', ['enable', '--quiet', '--now', unit]);
    return true;
  }
  const log = openSync(join(layout.logs, 'supervisor.log'), 'a', 0o600);
  const child = spawn('runsvdir', ['-P', layout.services], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LANG: 'C.UTF-8' },
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  }).catch((error: unknown) => {
    throw new Failure(
      'supervisor',
      'runsvdir can not be started',
      'apt-get install runit   and then ./lyceum up',
      error,
    );
  });
  child.unref();
  writeFileSync(pidFile(layout), `${child.pid}\n`);
  return true;
}

export async function stopSupervisor(layout: Layout): Promise<boolean> {
  const pid = supervisorPid(layout);
  if (pid === undefined) return false;
  if (underSystemd(layout)) await run('systemctl', ['stop', unit]);
  // HUP: it tells every runsv to end its service and itself.
  else process.kill(pid, 'SIGHUP');
  for (let waited = 0; supervisorPid(layout) !== undefined; waited += 1) {
    if (waited > 300) throw new Failure('supervisor', `process ${pid} does not end`, `kill -9 ${pid}`);
    await sleep(100);
  }
  rmSync(pidFile(layout), { force: true });
  return true;
}

export interface ServiceState {
  readonly running: boolean;
  readonly pid: number | undefined;
  /** Seconds in this state. */
  readonly seconds: number;
}

/** Reads what `sv status` says about one service. */
export function parseStatus(text: string): ServiceState {
  const match = /^(run|down|finish): [^:]*:(?: \(pid (\d+)\))? (\d+)s/.exec(text);
  return {
    running: match?.[1] === 'run',
    pid: match?.[1] === 'run' && match[2] ? Number(match[2]) : undefined,
    seconds: Number(match?.[3] ?? 0),
  };
}

export async function serviceState(layout: Layout, name: ServiceName): Promise<ServiceState> {
  if (supervisorPid(layout) === undefined) return { running: false, pid: undefined, seconds: 0 };
  return parseStatus((await attempt('sv', ['status', join(layout.services, name)])).stdout);
}

/** Whether somebody reads the service's pipe: after a crash the pipe alone may still lie there. */
async function isSupervised(folder: string): Promise<boolean> {
  return /^(run|down|finish):/.test((await attempt('sv', ['status', folder])).stdout);
}

/** Tells the supervisor to run a service, waiting until it has taken it over. */
export async function startService(layout: Layout, service: Service): Promise<void> {
  const folder = join(layout.services, service.name);
  for (let waited = 0; !(await isSupervised(folder)) || !(await isSupervised(join(folder, 'log'))); waited += 1) {
    // It looks for new services every five seconds.
    if (waited > 150) {
      throw new Failure(service.name, 'the supervisor does not take it over', './lyceum down   and then ./lyceum up');
    }
    await sleep(100);
  }
  await attempt('sv', ['up', join(folder, 'log')]);
  await run('sv', ['up', folder]);
  rmSync(join(folder, 'down'), { force: true });
}

/** Stops a service the way it likes, and without asking when it takes too long. */
export async function stopService(layout: Layout, service: Service): Promise<void> {
  const folder = join(layout.services, service.name);
  if (!(await serviceState(layout, service.name)).running) return;
  // `once` first: the supervisor must not start it again after the signal.
  await attempt('sv', ['once', folder]);
  if (service.stopSignal) await attempt('sv', [{ INT: 'interrupt', QUIT: 'quit' }[service.stopSignal], folder]);
  else await attempt('sv', ['term', folder]);
  for (let waited = 0; waited < service.stopSeconds * 10; waited += 1) {
    if (!(await serviceState(layout, service.name)).running) break;
    await sleep(100);
  }
  await attempt('sv', ['-w', '10', 'force-stop', folder]);
}

/**
 * Takes a service away from the supervisor, for good. Hidden first, so that nobody starts it again while its guard ends; the
 * supervisor notices within five seconds that it is gone.
 */
export async function removeService(layout: Layout, service: Service): Promise<boolean> {
  const folder = join(layout.services, service.name);
  if (!exists(folder)) return false;
  await stopService(layout, service);
  const hidden = join(layout.services, `.${service.name}-removed`);
  rmSync(hidden, { recursive: true, force: true });
  renameSync(folder, hidden);
  await attempt('sv', ['exit', hidden]);
  for (let waited = 0; (await isSupervised(hidden)) && waited < 100; waited += 1) await sleep(100);
  rmSync(hidden, { recursive: true });
  return true;
}
