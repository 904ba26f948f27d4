import { spawn } from 'node:child_process';
import { nodeEnvironment } from '../build/compile.ts';
import { ensureRehearsal, rehearsalProgram } from '../build/rehearsal.ts';
import { ensurePackages } from '../fetch/debian.ts';
import { Layout } from '../host/layout.ts';
import { openAppliance } from '../model/appliance.ts';
import { rehearsalPackages } from '../programs/catalog.ts';

/** Lets robots hold a lesson in the running appliance, through real browsers. Their program judges; we pass it on. */
export async function rehearse(args: readonly string[]): Promise<number> {
  const { layout } = openAppliance(Layout.fromEnvironment());
  await ensureRehearsal(layout);
  await ensurePackages(layout, rehearsalPackages, layout);
  const child = spawn(process.execPath, [rehearsalProgram(layout), ...args, '--state', layout.state], {
    cwd: layout.checkout,
    stdio: 'inherit',
    env: nodeEnvironment(layout),
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
}
