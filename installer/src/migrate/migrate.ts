import { join } from 'node:path';
import type { StepResult } from '../cli/output.ts';
import { installLog } from '../fetch/programs.ts';
import { ensureFile, readIfThere } from '../host/files.ts';
import type { Appliance } from '../model/appliance.ts';
import { requireOperator } from '../start/operator.ts';

/** Brings the schema to this release: a step of its own, never part of a server's start. */
export async function ensureMigrated(appliance: Appliance): Promise<StepResult> {
  const { layout, programs } = appliance;
  // Lies with the operator's data, so that a reset forgets it together with the tables.
  const mark = join(layout.dataDir('operator'), 'migrated');
  if (readIfThere(mark)?.toString('utf8') === programs.release) return { changed: 0 };
  await requireOperator(appliance, 'migrate', ['migrate'], installLog(layout, 'migrate'));
  ensureFile(mark, programs.release, { mode: 0o600, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 });
  return { changed: 1 };
}
