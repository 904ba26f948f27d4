import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installLog } from '../fetch/programs.ts';
import { explain } from '../fetch/trouble.ts';
import { run } from '../host/exec.ts';
import type { Layout } from '../host/layout.ts';
import { ensurePackagesFromNpm } from './compile.ts';

/** The robots' program. */
export const rehearsalProgram = (layout: Layout): string => join(layout.checkout, 'apps/rehearsal/dist/main.js');

/** Builds the robots' program when it isn't there: `up` does, but finds nothing to build in a second clone of its sources. */
export async function ensureRehearsal(layout: Layout): Promise<boolean> {
  if (existsSync(rehearsalProgram(layout))) return false;
  const log = installLog(layout, 'rehearsal');
  await ensurePackagesFromNpm(layout);
  const compiler = join(layout.checkout, 'node_modules/typescript/bin/tsc');
  try {
    await run(process.execPath, [compiler, '-b', 'apps/rehearsal'], { cwd: layout.checkout, log });
  } catch (error) {
    throw explain('rehearsal', 'this checkout', error, log);
  }
  return true;
}
