import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

const statusSchema = z.object({
  ok: z.boolean(),
  components: z.array(
    z.object({ name: z.string(), pid: z.int().nullable(), user: z.string().nullable(), state: z.string() }),
  ),
});
export type ComponentStatus = z.infer<typeof statusSchema>['components'][number];

async function status(): Promise<z.infer<typeof statusSchema>> {
  // It ends with status 1 when something is not well, which is no reason not to read what it says.
  const { stdout } = await run('./lyceum', ['status', '--json']).catch((error: { stdout?: string }) => ({
    stdout: error.stdout ?? '',
  }));
  return statusSchema.parse(JSON.parse(stdout));
}

/** What the appliance says of its processes (`./lyceum status --json`, from the checkout). */
export const componentStatus = async (): Promise<ComponentStatus[]> => (await status()).components;

/** Process id of a component. @throws Error when it does not run. */
export async function pidOf(name: string): Promise<number> {
  const found = (await componentStatus()).find((component) => component.name === name);
  if (!found?.pid) throw new Error(`${name} does not run`);
  return found.pid;
}

/** kill -9 of one component; the supervisor starts it again. @returns when (epoch ms). @throws Error when it does not run. */
export async function killComponent(name: string): Promise<number> {
  const pid = await pidOf(name);
  const at = Date.now();
  process.kill(pid, 'SIGKILL');
  return at;
}

/**
 * Keeps a killed component from coming back until the answered function is called; by way of the supervisor (runit), whose
 * services lie in `servicesDir`. Signals come from the caller.
 */
export async function keepDown(servicesDir: string, name: string): Promise<() => Promise<void>> {
  const service = join(servicesDir, name);
  const interrupted = () => execFileSync('sv', ['-w', '0', 'up', service], { stdio: 'ignore' });
  process.once('exit', interrupted);
  // Unlike `down`, this sends no signal of its own: the death is to be a sudden one.
  await run('sv', ['-w', '0', 'once', service]);
  return async () => {
    await run('sv', ['-w', '0', 'up', service]);
    process.off('exit', interrupted);
  };
}

/** Waits until every component is healthy. @throws Error naming those that are not in time. */
export async function allHealthy(withinMs: number): Promise<void> {
  const until = Date.now() + withinMs;
  for (;;) {
    const { ok, components } = await status();
    if (ok) return;
    if (Date.now() > until) {
      const ill = components.filter(({ state }) => state !== 'healthy').map(({ name, state }) => `${name} is ${state}`);
      throw new Error(`After ${withinMs / 1000} s ${ill.join(', ')}`);
    }
    await pause(1000);
  }
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** Processor time so far, user and system. */
  readonly seconds: number;
  /** The same of its children that have ended and were waited for. */
  readonly endedSeconds: number;
}

/** Clock ticks per second that Linux tells user space (proc(5), sysconf(_SC_CLK_TCK)). */
const TICKS = 100;

/** The fields of `/proc/PID/stat` that count here; undefined when the process is gone. */
function statOf(pid: number): Stat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    const fields = stat
      .slice(end + 2)
      .split(' ')
      .map(Number);
    return {
      pid,
      parent: fields[1] ?? 0,
      command: stat.slice(stat.indexOf('(') + 1, end),
      seconds: ((fields[11] ?? 0) + (fields[12] ?? 0)) / TICKS,
      endedSeconds: ((fields[13] ?? 0) + (fields[14] ?? 0)) / TICKS,
    };
  } catch {
    return undefined;
  }
}

const everyProcess = (): Stat[] =>
  readdirSync('/proc')
    .map(Number)
    .flatMap((pid) => (pid ? (statOf(pid) ?? []) : []));

/** Processes that `parent` started. */
export const childrenOf = (parent: number): Stat[] => everyProcess().filter((process) => process.parent === parent);

/** Processor seconds of a process and its children so far, those that have ended included; 0 when it is gone. */
export function secondsOf(pid: number): number {
  const own = statOf(pid);
  if (!own) return 0;
  return childrenOf(pid).reduce((sum, { seconds }) => sum + seconds, own.seconds + own.endedSeconds);
}

/** Memory of a process's own and its part of what it shares, MiB (proc(5), smaps_rollup); 0 when it is gone. */
function memoryOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The main process of every component that runs. */
export async function appliancePrograms(): Promise<{ name: string; pid: number }[]> {
  return (await componentStatus()).flatMap(({ name, pid }) => (pid ? [{ name, pid }] : []));
}

/** What a component takes, with all processes under its main one. */
export interface Usage {
  readonly mib: number;
  /** Processor seconds of the processes that live now. */
  readonly seconds: number;
}

export function usageOf(programs: readonly { readonly name: string; readonly pid: number }[]): Map<string, Usage> {
  const processes = everyProcess();
  const familyOf = (pid: number): number[] => [
    pid,
    ...processes.filter(({ parent }) => parent === pid).flatMap((child) => familyOf(child.pid)),
  ];
  return new Map(
    programs.map(({ name, pid }) => {
      const family = familyOf(pid);
      const seconds = processes.filter((one) => family.includes(one.pid)).reduce((sum, one) => sum + one.seconds, 0);
      return [name, { mib: family.reduce((sum, one) => sum + memoryOf(one), 0), seconds }];
    }),
  );
}

/** The media worker that works most just now, hence has the class, and its node. @throws Error when no node runs. */
export async function busiestMediaWorker(): Promise<{ worker: number; node: number }> {
  const nodes = (await componentStatus()).flatMap(({ name, pid }) => (pid && /^media(-\d+)?$/.test(name) ? [pid] : []));
  const workers = () =>
    nodes.flatMap((node) =>
      childrenOf(node)
        .filter(({ command }) => command.startsWith('mediasoup'))
        .map(({ pid, seconds }) => ({ worker: pid, node, seconds })),
    );
  const before = new Map(workers().map(({ worker, seconds }) => [worker, seconds]));
  await pause(1000);
  const [busiest] = workers()
    .map((now) => ({ ...now, used: now.seconds - (before.get(now.worker) ?? 0) }))
    .sort((a, b) => b.used - a.used);
  if (!busiest) throw new Error('No media worker runs.');
  return busiest;
}
