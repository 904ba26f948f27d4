import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@lyceum/platform/telemetry';
import { isRefusal } from './refusal.js';

const FIRST_MS = 250;
const LONGEST_MS = 5_000;

/**
 * Repeats until it works, with growing pauses: database, keys and store may be away for a while, and what was recorded
 * stays on disk meanwhile. Gives up after `attempts` with the last error, and at once when it is a refusal.
 */
export async function withBackoff<T>(log: Logger, what: string, attempts: number, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (err) {
      if (attempt >= attempts || isRefusal(err)) throw err;
      log.warn({ attempt, what, reason: err instanceof Error ? err.message : String(err) }, 'will try again');
      await sleep(Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1)));
    }
  }
}
