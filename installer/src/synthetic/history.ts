import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere } from '../host/files.ts';
import type { Network } from './settings.ts';

/** What one visit of the robots came to. */
export interface JoinRow {
  /** When it began (ISO 8601). */
  readonly at: string;
  readonly seconds: number;
  readonly network: Network;
  readonly tenant: string;
  /** `skipped`: the machine was busy with people. */
  readonly outcome: 'ok' | 'failed' | 'skipped';
  /** Why it isn't ok, in words; empty when it is. */
  readonly why: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
}

const dayMs = 86_400_000;
const fileOf = (day: string): string => `${day}.jsonl`;
const fileName = /^(\d{4}-\d{2}-\d{2})\.jsonl$/;

/**
 * A folder with a file for each day (UTC), one row a line: rows are only ever added, and forgetting is removing files. It
 * needs no part of the appliance, since it has to tell of the hours in which one was down.
 */
export class History {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  add(row: JoinRow): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    appendFileSync(join(this.#folder, fileOf(row.at.slice(0, 10))), `${JSON.stringify(row)}\n`, { mode: 0o600 });
  }

  /** Removes what is older than that many days. Returns how many files went. */
  forget(keepDays: number, now: number): number {
    const oldest = new Date(now - keepDays * dayMs).toISOString().slice(0, 10);
    const old = this.#days().filter((day) => day < oldest);
    for (const day of old) rmSync(join(this.#folder, fileOf(day)), { force: true });
    return old.length;
  }

  /** The newest rows, oldest of them first. */
  last(count: number): JoinRow[] {
    let rows: JoinRow[] = [];
    for (const day of this.#days().reverse()) {
      if (rows.length >= count) break;
      rows = [...this.#read(day), ...rows];
    }
    return rows.slice(-count);
  }

  #days(): string[] {
    try {
      return readdirSync(this.#folder)
        .flatMap((name) => fileName.exec(name)?.[1] ?? [])
        .sort();
    } catch {
      // No robot has been here.
      return [];
    }
  }

  #read(day: string): JoinRow[] {
    const text = readIfThere(join(this.#folder, fileOf(day)))?.toString('utf8') ?? '';
    return text.split('\n').flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as JoinRow];
      } catch {
        // A machine that lost its power in the middle of a line.
        return [];
      }
    });
  }
}
