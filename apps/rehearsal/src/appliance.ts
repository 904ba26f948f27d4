import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const applianceSchema = z.object({
  origin: z.url(),
  mediaAddress: z.string(),
  servicesDir: z.string(),
  caFile: z.string(),
  workerBin: z.string(),
  ports: z
    .object({
      edge: z.object({ https: z.int() }),
      turn: z.object({ turn: z.int(), turns: z.int() }),
    })
    .catchall(z.record(z.string(), z.int())),
});
const peopleSchema = z.array(
  z.object({
    tenant: z.string(),
    username: z.string(),
    name: z.string(),
    password: z.string(),
    roles: z.array(z.string()),
  }),
);

export type Credentials = z.infer<typeof peopleSchema>[number];

/** The running appliance that robots visit: its public origin, its CA and the demo people with their passwords. */
export interface Appliance extends z.infer<typeof applianceSchema> {
  /** SHA-256 of its CA's public key, base64 (RFC 7469, section 2.4). */
  readonly trustedKey: string;
  /** @throws Error when the seed made no such person. */
  person(tenant: string, username: string): Credentials;
}

const keyOf = (certificate: Buffer): string =>
  createHash('sha256')
    .update(new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');

/** Reads what `up` left in the state folder; only the appliance's owner can. */
export function readAppliance(stateDir: string): Appliance {
  const parse = (name: string): unknown => JSON.parse(readFileSync(join(stateDir, name), 'utf8'));
  const appliance = applianceSchema.parse(parse('appliance.json'));
  const people = peopleSchema.parse(parse('people.json'));
  return {
    ...appliance,
    trustedKey: keyOf(readFileSync(appliance.caFile)),
    person(tenant, username) {
      const found = people.find((person) => person.tenant === tenant && person.username === username);
      if (!found) throw new Error(`No demo person ${username} in ${tenant}: run './lyceum up' first.`);
      return found;
    },
  };
}
