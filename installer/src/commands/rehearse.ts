import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { nodeEnvironment } from '../build/compile.ts';
import { ensurePackages } from '../fetch/debian.ts';
import { Layout } from '../host/layout.ts';
import { rememberPackages } from '../host/manifest.ts';
import { openAppliance } from '../model/appliance.ts';
import { rehearsalPackages } from '../programs/catalog.ts';

/** Lets robots hold a lesson in the running appliance, through real browsers. Their program judges; we pass it on. */
export async function rehearse(args: readonly string[]): Promise<number> {
  const { layout } = openAppliance(Layout.fromEnvironment());
  const program = join(layout.checkout, 'apps/rehearsal/dist/main.js');
  if (!existsSync(program)) throw new Failure('rehearsal', 'is not built', './lyceum up');
  rememberPackages(layout, await ensurePackages(layout, rehearsalPackages));
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
