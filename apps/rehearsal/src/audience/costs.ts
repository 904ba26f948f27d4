import { readFileSync } from 'node:fs';
import { componentStatus, secondsOf } from '../processes.js';

/** Processor time that components have used so far, with the processes they started, in seconds. */
export type Spent = Readonly<Record<string, number>>;

/** Reads the cost of components again and again without asking for their process ids each time. */
export class CostMeter {
  /** Of processes by the names that the caller gives them, with the processes that they started. */
  constructor(private readonly processes: ReadonlyMap<string, number>) {}

  /** Of the running components whose names match. @throws Error when there is none. */
  static async of(names: RegExp): Promise<CostMeter> {
    const running = (await componentStatus()).filter(({ name, pid }) => pid !== null && names.test(name));
    const processes = new Map(running.map(({ name, pid }) => [name, pid ?? 0]));
    if (processes.size === 0) throw new Error(`No component named like ${names.source} runs.`);
    return new CostMeter(processes);
  }

  read(): Spent {
    return Object.fromEntries([...this.processes].map(([name, pid]) => [name, secondsOf(pid)]));
  }
}

/** Seconds of processor time between two readings, over all components whose names match. */
export function spentBetween(before: Spent, after: Spent, names: RegExp): number {
  return Object.keys(after)
    .filter((name) => names.test(name))
    .reduce((sum, name) => sum + (after[name] ?? 0) - (before[name] ?? 0), 0);
}

/** Packets that the kernel threw away on UDP sockets with these local ports because their owner read too slowly. */
export function socketDrops(ports: ReadonlySet<number>): number {
  let drops = 0;
  for (const line of readFileSync('/proc/net/udp', 'utf8').split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    const port = parseInt(fields[1]?.split(':')[1] ?? '', 16);
    if (ports.has(port)) drops += Number(fields.at(-1));
  }
  return drops;
}
