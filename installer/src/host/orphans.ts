import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../cli/failure.ts';

/** Every program that `up` runs finds the process id of `up` under this name. */
export const commandVariable = 'LYCEUM_COMMAND';

/** Longer than any single program of `up` takes on two cores. */
const patienceMs = 15 * 60_000;

export interface Orphan {
  readonly pid: number;
  readonly name: string;
}

/**
 * Programs that killed commands left behind: a SIGKILL ends `up` and not the npm or apt that it was waiting for, and two
 * of these at once destroy each other's work. `proc` is where the kernel lists processes.
 */
export function orphans(proc = '/proc'): Orphan[] {
  return readdirSync(proc)
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const of = new RegExp(`(?:^|\0)${commandVariable}=(\\d+)(?:\0|$)`).exec(read(proc, pid, 'environ'))?.[1];
      if (of === undefined || isCommand(proc, of) || isCommand(proc, pid)) return [];
      return [{ pid: Number(pid), name: read(proc, pid, 'comm').trim() }];
    });
}

/** Waits until what killed commands left behind has ended. @throws Failure that names what doesn't. */
export async function waitForOrphans(say: (line: string) => void, proc?: string): Promise<void> {
  const said = new Set<number>();
  for (const until = Date.now() + patienceMs; ; await sleep(500)) {
    const left = orphans(proc);
    const [first] = left;
    if (!first) return;
    for (const { pid, name } of left.filter((orphan) => !said.has(orphan.pid))) {
      said.add(pid);
      say(`Waiting for ${name} (process ${pid}), which a killed run left at work …`);
    }
    if (Date.now() > until) {
      const { pid, name } = first;
      throw new Failure('lyceum', `${name} (process ${pid}), which a killed run left, does not end`, `kill ${pid}`);
    }
  }
}

/** Whether the process is a command of ours that still runs. */
const isCommand = (proc: string, pid: string): boolean => read(proc, pid, 'cmdline').includes('installer/src/main.ts');

function read(proc: string, pid: string, file: string): string {
  try {
    return readFileSync(`${proc}/${pid}/${file}`, 'utf8');
  } catch {
    // It ended meanwhile, or isn't ours to look at.
    return '';
  }
}
