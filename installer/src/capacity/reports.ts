import { readFileSync, statSync } from 'node:fs';
import { Failure, messageOf } from '../cli/failure.ts';
import type { Measured } from './measured.ts';

const names = ['lecture', 'sfu', 'events'] as const;

/**
 * Reads what `./lyceum rehearse NAME --json` printed. The day is the file's own, since a report does not carry one.
 * @throws Failure when it is no such report.
 */
export function readReport(path: string): Measured {
  const cure = `./lyceum rehearse lecture 400 --json >${path}   and the same again (events 2000 and sfu serve, too)`;
  let text: string;
  let date: string;
  try {
    text = readFileSync(path, 'utf8');
    date = statSync(path).mtime.toISOString().slice(0, 10);
  } catch (error) {
    throw new Failure('capacity', `${path} can't be read (${messageOf(error)})`, cure, error);
  }
  const report = parseReport(text);
  if (!report) throw new Failure('capacity', `${path} is not the report of ${names.join(', ')}`, cure);
  return { ...report, date };
}

/** The report in what a rehearsal printed: all of it, or its last line. */
export function parseReport(text: string): Omit<Measured, 'date'> | undefined {
  for (const candidate of [text, text.trimEnd().split('\n').at(-1) ?? '']) {
    try {
      return asReport(JSON.parse(candidate));
    } catch {
      // Progress before the report.
    }
  }
  return undefined;
}

function asReport(value: unknown): Omit<Measured, 'date'> | undefined {
  const { name, metrics, machine } = (value ?? {}) as Record<string, unknown>;
  const rehearsal = names.find((known) => known === name);
  if (!rehearsal || typeof metrics !== 'object' || metrics === null) return undefined;
  const numbers = Object.entries(metrics).filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
  const { cpu = 'unknown', cores = 0, memoryGb = 0 } = (machine ?? {}) as Record<string, string | number>;
  return {
    rehearsal,
    machine: `${cores} cores (${cpu}), ${memoryGb} GB`,
    metrics: Object.fromEntries(numbers),
  };
}
