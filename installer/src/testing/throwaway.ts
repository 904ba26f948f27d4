import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt } from '../host/exec.ts';
import type { Layout } from '../host/layout.ts';
import { freePortBase } from './free-ports.ts';

/** An appliance for one run of the tests, in a directory of its own, with users of its own. */
export interface Throwaway {
  readonly home: string;
  /** Brings it up; false when that failed (what went wrong is on the screen). */
  start(): Promise<boolean>;
  /** Ends its processes and removes everything of it. */
  remove(): Promise<void>;
}

export function makeThrowaway(layout: Layout): Throwaway {
  const home = mkdtempSync(join(tmpdir(), 'ly-'));
  // Its parts' users must be able to walk through.
  chmodSync(home, 0o755);
  const command = join(layout.checkout, 'lyceum');
  const env = { ...process.env, LYCEUM_HOME: home, LYCEUM_CACHE: layout.cache };
  return {
    home,
    start: async () => {
      const base = String(freePortBase());
      return (await attempt(command, ['up', '--port-base', base], { env, show: true })).status === 0;
    },
    remove: async () => {
      if (!existsSync(home)) return;
      await attempt(command, ['remove', '--purge', '--yes'], { env });
      rmSync(home, { recursive: true, force: true });
    },
  };
}
