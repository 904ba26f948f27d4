import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { ensureFile } from '../host/files.ts';
import { Layout } from '../host/layout.ts';
import { identityOf } from '../host/users.ts';
import { openAppliance } from '../model/appliance.ts';
import type { Appliance } from '../model/appliance.ts';
import { origin } from '../model/settings.ts';
import { runOperator } from '../start/operator.ts';
import { serviceState } from '../start/supervisor.ts';
import { readPeople, seedDemo } from '../seed/seed.ts';
import { peopleOf } from './summary.ts';

/** Opens the appliance and makes sure that what the command needs is running. */
async function openRunning(needs: readonly ('postgres' | 'keycloak' | 'keys')[]): Promise<Appliance> {
  const appliance = openAppliance(Layout.fromEnvironment());
  for (const name of needs) {
    if ((await serviceState(appliance.layout, name)).running) continue;
    throw new Failure(name, 'is stopped, and this command needs it', './lyceum up');
  }
  return appliance;
}

export interface NewTenant {
  readonly slug: string | undefined;
  readonly name: string | undefined;
  /** First administrator; without one, people come from the institution's own directory. */
  readonly admin?: string | undefined;
  readonly adminName?: string | undefined;
  readonly adminEmail?: string | undefined;
  /** With the people and the course of the demonstrations: for trainings and rehearsals. */
  readonly demo?: boolean;
}

/** Creates an institution: its row, its keys and its realm, and its first administrator with a generated password. */
export async function tenantCreate({ slug, name, admin, adminName, adminEmail, demo }: NewTenant): Promise<number> {
  const example = './lyceum tenant create riverside "Riverside College"';
  if (!slug || !name) {
    throw new Failure('tenant', 'an institution needs an address (small letters, digits, dashes) and a name', example);
  }
  const args = ['tenant', 'create', '--slug', slug, '--name', name];
  if (admin && (!adminName || !adminEmail)) {
    const more = `${example} --admin rita --admin-name "Rita Hall" --admin-email rita@example.edu`;
    throw new Failure('tenant', 'an administrator needs a name and an e-mail address', more);
  }
  const appliance = await openRunning(['postgres', 'keycloak', 'keys']);
  if (demo) return createDemo(appliance, slug, name);
  if (!admin || !adminName || !adminEmail) return (await runOperator(appliance, args, { show: true })).status ?? 1;
  return createWithAdmin(appliance, args, slug, { admin, adminName, adminEmail });
}

async function createWithAdmin(
  appliance: Appliance,
  args: readonly string[],
  slug: string,
  person: { readonly admin: string; readonly adminName: string; readonly adminEmail: string },
): Promise<number> {
  const { layout, settings } = appliance;
  const password = randomBytes(12).toString('base64url');
  const file = join(layout.dataDir('operator'), `password-${process.pid}`);
  const { uid, gid } = identityOf(layout, 'operator');
  // Through a file of the operator's own: a command line is for everybody to see.
  ensureFile(file, password, { mode: 0o400, uid, gid });
  let said: string;
  try {
    const who = ['--admin', person.admin, '--admin-name', person.adminName, '--admin-email', person.adminEmail];
    const given = [...args, ...who, '--admin-password-file', file];
    const { status, stdout } = await runOperator(appliance, given, { show: true });
    if (status !== 0) return status ?? 1;
    said = stdout;
  } finally {
    rmSync(file, { force: true });
  }
  const { adminCreated } = JSON.parse(said) as { adminCreated: boolean };
  process.stdout.write(`\n${origin(settings)}/t/${slug}\n  ${person.admin}   ${adminCreated ? password : kept}\n`);
  return 0;
}

async function createDemo(appliance: Appliance, slug: string, name: string): Promise<number> {
  const { layout, settings } = appliance;
  if (!readPeople(layout).some(({ tenant }) => tenant === slug)) await seedDemo(appliance, slug, name);
  process.stdout.write(`${peopleOf(slug, readPeople(layout), origin(settings))}\n`);
  return 0;
}

/** Said of somebody who was there before: a new password would not be theirs. */
const kept = 'keeps the password they have (if nobody knows it, the same command makes another --admin)';

/** Follows the chain of audit entries of every institution (or of one) and names what does not fit. */
export async function auditVerify(slug: string | undefined): Promise<number> {
  const appliance = await openRunning(['postgres']);
  const { status } = await runOperator(appliance, ['audit', 'verify', ...(slug ? ['--tenant', slug] : [])], {
    show: true,
  });
  return status ?? 1;
}
