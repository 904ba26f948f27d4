import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAppliance, type Appliance } from '../appliance.js';

/** The throw-away appliance that `./lyceum test` started; its home is in LYCEUM_HOME. */
export function applianceUnderTest(): Appliance {
  return readAppliance(join(applianceHome(), 'state'));
}

export function applianceHome(): string {
  const home = process.env['LYCEUM_HOME'];
  if (!home) throw new Error("LYCEUM_HOME names no appliance: run these tests with './lyceum test'.");
  return home;
}

/** The original of a secret, which only the appliance's owner can read. */
export const originalSecret = (name: string): string =>
  readFileSync(join(applianceHome(), 'secrets/originals', name), 'utf8').trim();
