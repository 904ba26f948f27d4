import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StepResult } from '../cli/output.ts';
import { Failure } from '../cli/failure.ts';
import { installLog } from '../fetch/programs.ts';
import { ensureFile, exists, readIfThere } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import type { Appliance } from '../model/appliance.ts';
import { requireOperator } from '../start/operator.ts';

/** A person of the demonstration institutions, as the seed wrote it down. */
export interface DemoPerson {
  readonly tenant: string;
  readonly username: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly string[];
}

export const peopleFile = (layout: Layout): string => join(layout.state, 'people.json');

/** Two demonstration institutions on the first run; the second is there to prove that they don't see each other. */
export async function ensureSeeded(appliance: Appliance): Promise<StepResult> {
  const { layout } = appliance;
  if (exists(peopleFile(layout))) return { changed: 0 };
  // The operator's own directory first: it may not write beside it.
  const written = join(layout.dataDir('operator'), 'people.json');
  await requireOperator(appliance, 'seed', ['seed', '--people-file', written], installLog(layout, 'seed'));
  if (!exists(written)) throw new Failure('seed', `wrote no ${written}`, './lyceum up');
  const mine = { mode: 0o600, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  ensureFile(peopleFile(layout), readFileSync(written), mine);
  rmSync(written);
  return { changed: 1 };
}

export function readPeople(layout: Layout): DemoPerson[] {
  const text = readIfThere(peopleFile(layout))?.toString('utf8');
  return text === undefined ? [] : (JSON.parse(text) as DemoPerson[]);
}
