import { readFileSync } from 'node:fs';

/** Clock ticks per second that Linux tells user space (proc(5), sysconf(_SC_CLK_TCK)). */
const TICKS = 100;

/** Processor time of a process so far, user and system, ms; NaN when nobody can tell (it is gone, or this is no Linux). */
export function processorMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may have blanks in it; utime and stime are the 12th and 13th after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
  } catch {
    return NaN;
  }
}
