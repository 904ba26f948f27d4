import { rmSync } from 'node:fs';
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
  await seed(appliance, 'people.json', [], []);
  return { changed: 1 };
}

/** A new institution with the same people and course as the first demonstration. @throws Failure when it is there. */
export function seedDemo(appliance: Appliance, slug: string, name: string): Promise<void> {
  const more = ['--tenant', slug, '--name', name];
  return seed(appliance, `people-${slug}.json`, more, readPeople(appliance.layout));
}

/** `fileName`: in the operator's own directory first, since it may not write beside it. */
async function seed(
  appliance: Appliance,
  fileName: string,
  args: readonly string[],
  before: readonly DemoPerson[],
): Promise<void> {
  const { layout } = appliance;
  const written = join(layout.dataDir('operator'), fileName);
  await requireOperator(appliance, 'seed', ['seed', '--people-file', written, ...args], installLog(layout, 'seed'));
  const made = parsePeople(written);
  if (made.length === 0) throw new Failure('seed', `wrote no ${written}`, './lyceum up');
  const mine = { mode: 0o600, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  ensureFile(peopleFile(layout), `${JSON.stringify([...before, ...made], null, 2)}\n`, mine);
  rmSync(written);
}

export const readPeople = (layout: Layout): DemoPerson[] => parsePeople(peopleFile(layout));

function parsePeople(file: string): DemoPerson[] {
  const text = readIfThere(file)?.toString('utf8');
  return text === undefined ? [] : (JSON.parse(text) as DemoPerson[]);
}
