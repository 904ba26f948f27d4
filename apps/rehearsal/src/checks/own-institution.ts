import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Appliance } from '../appliance.js';
import { applianceUnderTest } from './appliance-under-test.js';

const run = promisify(execFile);

/** A new institution is known to every process within this time. */
const KNOWN_EVERYWHERE_MS = 5_500;

/** Where one test file works: the appliance that all share, and an institution of its own with the people of the demonstration. */
export interface Place {
  readonly appliance: Appliance;
  readonly tenant: string;
}

/** Makes the institution, or finds the one of an earlier run. Takes about ten seconds. */
export async function ownInstitution(slug: string): Promise<Place> {
  const tenant = `check-${slug}`;
  const known = applianceUnderTest().has(tenant);
  await run('./lyceum', ['tenant', 'create', tenant, `Check ${slug}`, '--demo']);
  if (!known) await pause(KNOWN_EVERYWHERE_MS);
  return { appliance: applianceUnderTest(), tenant };
}
