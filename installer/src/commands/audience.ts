import { ensurePackages } from '../fetch/debian.ts';
import { fetchAudience } from '../fetch/audience.ts';
import { Layout } from '../host/layout.ts';
import { openAppliance } from '../model/appliance.ts';
import { programs } from '../programs/catalog.ts';
import { runOperator } from '../start/operator.ts';

/** Opens a class of robots and prints what lets them in, for whoever may run the operator and nobody else. */
export async function audienceSeats(tenant: string, students: string): Promise<number> {
  const appliance = openAppliance(Layout.fromEnvironment());
  const args = ['rehearsal', 'seats', '--tenant', tenant, '--students', students];
  const { status } = await runOperator(appliance, args, { show: true });
  return status ?? 1;
}

/** Prints where the robots' program is, after building it when this machine has not done so yet. */
export async function audienceProgram(): Promise<number> {
  const { layout } = openAppliance(Layout.fromEnvironment());
  await ensurePackages(layout, programs.versitygw.buildPackages, layout);
  process.stdout.write(`${await fetchAudience(layout)}\n`);
  return 0;
}
