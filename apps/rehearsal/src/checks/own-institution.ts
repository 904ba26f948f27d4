import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Appliance } from '../appliance.js';
import { applianceUnderTest } from './appliance-under-test.js';

const run = promisify(execFile);

/** Where one test file works: the appliance that all share, and an institution of its own with the people of the demonstration. */
export interface Place {
  readonly appliance: Appliance;
  readonly tenant: string;
}

/** Makes the institution, or finds the one of an earlier run. Takes about five seconds. */
export async function ownInstitution(slug: string): Promise<Place> {
  const tenant = `check-${slug}`;
  await run('./lyceum', ['tenant', 'create', tenant, `Check ${slug}`, '--demo']);
  return { appliance: applianceUnderTest(), tenant };
}
