import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackagesFromNpm, nodeEnvironment } from '../build/compile.ts';
import { ensurePackages } from '../fetch/debian.ts';
import { installLog } from '../fetch/programs.ts';
import { explain } from '../fetch/trouble.ts';
import { run } from '../host/exec.ts';
import { Layout } from '../host/layout.ts';
import { openAppliance } from '../model/appliance.ts';
import { rehearsalPackages } from '../programs/catalog.ts';

async function buildRehearsal(layout: Layout): Promise<void> {
  const log = installLog(layout, 'rehearsal');
  await ensurePackagesFromNpm(layout);
  const compiler = join(layout.checkout, 'node_modules/typescript/bin/tsc');
  try {
    await run(process.execPath, [compiler, '-b', 'apps/rehearsal'], { cwd: layout.checkout, log });
  } catch (error) {
    throw explain('rehearsal', 'this checkout', error, log);
  }
}

/** Lets robots hold a lesson in the running appliance, through real browsers. Their program judges; we pass it on. */
export async function rehearse(args: readonly string[]): Promise<number> {
  const { layout } = openAppliance(Layout.fromEnvironment());
  const program = join(layout.checkout, 'apps/rehearsal/dist/main.js');
  // `up` builds it, but finds nothing to build in a second clone of sources that were deployed already.
  if (!existsSync(program)) await buildRehearsal(layout);
  await ensurePackages(layout, rehearsalPackages, layout);
  const child = spawn(process.execPath, [program, ...args, '--state', layout.state], {
    cwd: layout.checkout,
    stdio: 'inherit',
    env: nodeEnvironment(layout),
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
}
