import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { allHealthy, childrenOf, killComponent, pidOf } from '../processes.js';

it(
  'OP-11 an edge that was killed is replaced whole: none of its workers stays behind',
  { timeout: 90_000 },
  async () => {
    const master = await pidOf('edge');
    const workers = childrenOf(master).map(({ pid }) => pid);
    expect(workers).not.toEqual([]);
    await killComponent('edge');
    for (let tries = 0; (await pidOf('edge').catch(() => master)) === master; tries++) {
      expect(tries, 'no new edge').toBeLessThan(30);
      await pause(500);
    }
    const successor = await pidOf('edge');
    await allHealthy(30_000);
    // A master that can't bind its ports gives up after two seconds, and the next one comes.
    await pause(4000);
    expect(await pidOf('edge')).toBe(successor);
    for (const pid of [master, ...workers]) expect(commandOf(pid), `process ${pid}`).toBe('');
    expect(childrenOf(successor)).toHaveLength(workers.length);
  },
);

/** Its command line; empty once it has ended, waited for or not (proc(5)). */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
