import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { run } from '../host/exec.ts';
import { exists, readIfThere } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import { forgetPending, missingPackages, readPending, writePending, settlePending } from './pending.ts';
import type { Pending } from './pending.ts';
import { servicesHere } from './services.ts';
import { explain } from './trouble.ts';

const policy = '/usr/sbin/policy-rc.d';
const marker = '# lyceum: packages are being installed, services stay as they are';
const clusterSettings = '/etc/postgresql-common/createcluster.conf';
const clusterSettingsSaved = '/etc/postgresql-common/createcluster.conf.before-lyceum';

/**
 * Installs what is missing without starting or enabling any service: Lyceum runs its own instances, and services
 * that are there already are left alone. What a killed run began is finished first. Returns the packages it installed.
 * @param owner takes the packages along when it is removed; without one, they stay
 */
export async function ensurePackages(
  layout: Layout,
  packages: readonly string[],
  owner?: Pick<Layout, 'config'>,
): Promise<string[]> {
  const begun = await finishInstallation(layout);
  const missing = await missingPackages(packages);
  if (missing.length > 0) {
    if (!layout.separated) {
      throw new Failure(
        'packages',
        `${missing.length} Debian package(s) are missing and only root may install them`,
        `sudo apt-get install --no-install-recommends ${missing.join(' ')}   and then ./lyceum up`,
      );
    }
    // Half installed, a package has brought its service already: what was there before is what a killed run found.
    const services = begun?.services ?? servicesHere();
    await install(layout, { services, packages: missing, ...(owner ? { config: owner.config } : {}) });
  }
  forgetPending(layout);
  return missing;
}

/** Takes back and finishes what a killed run left of an installation, and returns what that run wrote down. */
export async function finishInstallation(layout: Layout): Promise<Pending | undefined> {
  restore();
  const pending = readPending(layout);
  if (pending && layout.separated) await settlePending(pending);
  return pending;
}

async function install(layout: Layout, pending: Pending): Promise<void> {
  const log = join(layout.logs, 'install', 'apt.log');
  writePending(layout, pending);
  try {
    await apt(['update'], log);
    if (pending.packages.includes('postgresql-15')) {
      // Its own first: that is where "make no cluster" can be said before PostgreSQL is unpacked.
      await holdServices(() => apt(['install', 'postgresql-common'], log));
      const settings = readFileSync(clusterSettings, 'utf8');
      writeFileSync(clusterSettingsSaved, settings);
      writeFileSync(clusterSettings, `${settings}\ncreate_main_cluster = false\n`);
    }
    await holdServices(() => apt(['install', ...pending.packages], log));
  } catch (error) {
    throw explain('packages', "Debian's package archive", error, log);
  } finally {
    restore();
    await settlePending(pending);
  }
}

async function apt(args: readonly string[], log: string): Promise<void> {
  await run(
    'apt-get',
    [
      '-q',
      '-y',
      '-o',
      'Dpkg::Options::=--force-confold',
      // Another apt may be at work (unattended upgrades on a fresh machine): wait for it.
      '-o',
      'DPkg::Lock::Timeout=300',
      '-o',
      'Acquire::Retries=2',
      // Without this, an archive that can't be reached is only a warning of `update`.
      '-o',
      'APT::Update::Error-Mode=any',
      '--no-install-recommends',
      ...args,
    ],
    { log, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' } },
  );
}

/** Keeps maintainer scripts from starting anything; a policy that was there already stays in charge. */
async function holdServices(work: () => Promise<void>): Promise<void> {
  if (!exists(policy)) {
    writeFileSync(policy, `#!/bin/sh\n${marker}\nexit 101\n`);
    chmodSync(policy, 0o755);
  }
  await work();
}

/** Takes back what this or a killed run put in place. */
function restore(): void {
  if (readIfThere(policy)?.toString('utf8').includes(marker)) rmSync(policy);
  const saved = readIfThere(clusterSettingsSaved);
  if (saved) {
    writeFileSync(clusterSettings, saved);
    rmSync(clusterSettingsSaved);
  }
}
