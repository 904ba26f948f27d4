import { Failure } from '../cli/failure.ts';
import { ensurePackages } from '../fetch/debian.ts';
import { fetchAudience } from '../fetch/audience.ts';
import { Layout } from '../host/layout.ts';
import { rememberPackages } from '../host/manifest.ts';
import { openAppliance } from '../model/appliance.ts';
import { programs } from '../programs/catalog.ts';
import { runOperator } from '../start/operator.ts';

/** Opens a class of robots and prints what lets them in, for whoever may run the operator and nobody else. */
export async function audienceSeats(tenant: string, students: string): Promise<number> {
  if (!/^[1-9][0-9]{0,3}$/.test(students)) {
    throw new Failure('audience', 'how many students is a number from 1 to 5000', './lyceum audience seats 6');
  }
  const appliance = openAppliance(Layout.fromEnvironment());
  const args = ['rehearsal', 'seats', '--tenant', tenant, '--students', students];
  const { status } = await runOperator(appliance, args, { show: true });
  return status ?? 1;
}

/** Prints where the robots' program is, after building it when this machine has not done so yet. */
export async function audienceProgram(): Promise<number> {
  const { layout } = openAppliance(Layout.fromEnvironment());
  rememberPackages(layout, await ensurePackages(layout, programs.versitygw.buildPackages));
  process.stdout.write(`${await fetchAudience(layout)}\n`);
  return 0;
}
