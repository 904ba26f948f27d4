import type { Failure } from './failure.ts';

/** What a step did: how many things it changed, and a few words about it. */
export interface StepResult {
  readonly changed: number;
  readonly note?: string;
}

/** Prints progress step by step with times, and counts what changed. */
export class Reporter {
  changed = 0;
  readonly #started = Date.now();

  line(text = ''): void {
    process.stdout.write(`${text}\n`);
  }

  /** Runs one step; its line appears when it is done, so that a killed run shows what it had finished. */
  async step(title: string, work: () => Promise<StepResult>): Promise<void> {
    const started = Date.now();
    if (process.stdout.isTTY) process.stdout.write(`  …    ${title}\r`);
    const { changed, note } = await work();
    this.changed += changed;
    const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
    const mark = changed > 0 ? `${changed} changed` : 'as it was';
    this.line(`${seconds}s  ${title.padEnd(44)} ${note ? `${mark}, ${note}` : mark}`);
  }

  get elapsedSeconds(): number {
    return (Date.now() - this.#started) / 1000;
  }
}

/** The two lines every failure ends with: what and why, then what to type. */
export function printFailure(failure: Failure): void {
  process.stderr.write(`\nlyceum: ${failure.component}: ${failure.why}\n        Type: ${failure.cure}\n`);
}
