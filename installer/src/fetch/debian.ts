import { accessSync, constants, chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { attempt, run } from '../host/exec.ts';
import { exists, readIfThere } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import { explain } from './trouble.ts';

const policy = '/usr/sbin/policy-rc.d';
const marker = '# lyceum: packages are being installed, services stay as they are';
const clusterSettings = '/etc/postgresql-common/createcluster.conf';
const clusterSettingsSaved = '/etc/postgresql-common/createcluster.conf.before-lyceum';

/** Packages of the list that are not installed. */
export async function missingPackages(packages: readonly string[]): Promise<string[]> {
  const { stdout } = await attempt('dpkg-query', ['-W', '-f', '${binary:Package} ${db:Status-Status}\n']);
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(/[: ]/)[0]),
  );
  return [...new Set(packages)].filter((name) => !installed.has(name)).sort();
}

/**
 * Installs what is missing without starting or enabling any service: Lyceum runs its own instances, and services
 * that are there already are left alone. Returns the packages it installed.
 */
export async function ensurePackages(layout: Layout, packages: readonly string[]): Promise<string[]> {
  restore();
  const missing = await missingPackages(packages);
  if (missing.length === 0) return [];
  if (!layout.separated) {
    throw new Failure(
      'packages',
      `${missing.length} Debian package(s) are missing and only root may install them`,
      `sudo apt-get install --no-install-recommends ${missing.join(' ')}   and then ./lyceum up`,
    );
  }
  const log = join(layout.logs, 'install', 'apt.log');
  const before = units();
  try {
    await apt(['update'], log);
    if (missing.includes('postgresql-15')) {
      // Its own first: that is where "make no cluster" can be said before PostgreSQL is unpacked.
      await holdServices(() => apt(['install', 'postgresql-common'], log));
      const settings = readFileSync(clusterSettings, 'utf8');
      writeFileSync(clusterSettingsSaved, settings);
      writeFileSync(clusterSettings, `${settings}\ncreate_main_cluster = false\n`);
    }
    await holdServices(() => apt(['install', ...missing], log));
  } catch (error) {
    throw explain('packages', "Debian's package archive", error, log);
  } finally {
    restore();
  }
  await disableNewServices(before);
  return missing;
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

const ownUnits = ['coturn', 'nginx', 'redis-server', 'postgresql', 'runit'];

function units(): Set<string> {
  return new Set(
    ownUnits.filter((name) => exists(`/lib/systemd/system/${name}.service`) || exists(`/etc/init.d/${name}`)),
  );
}

/** A package enables its service for the next boot; those that came with us are switched off again. */
async function disableNewServices(before: ReadonlySet<string>): Promise<void> {
  for (const name of units()) {
    if (before.has(name)) continue;
    await attempt('deb-systemd-helper', ['disable', `${name}.service`]);
    if (isExecutable('/usr/sbin/update-rc.d')) await attempt('/usr/sbin/update-rc.d', [name, 'disable']);
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
