import { copyFileSync, chmodSync, mkdirSync, symlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { components, services } from '../components/index.ts';
import { ensureCertificates } from '../configure/certificates.ts';
import { ensureCluster, ensureRoles } from '../configure/database.ts';
import { ensureDirectories, ensureRoots } from '../configure/directories.ts';
import { distributeSecrets, ensureSecrets } from '../configure/secrets.ts';
import { ensureConfig, ensureService } from '../configure/services.ts';
import { ensurePackagesFromNpm } from '../build/compile.ts';
import { deployKeycloak, deployProgram, deployTheme, themeKey } from '../build/programs.ts';
import { ensureRelease, releaseKey } from '../build/release.ts';
import { fetchKeycloak, fetchVersityGw, fetchWorker } from '../fetch/programs.ts';
import { Layout } from '../host/layout.ts';
import { ensureUsers } from '../host/users.ts';
import { ensureMigrated } from '../migrate/migrate.ts';
import { fetchedKeys, makeAppliance, saveAppliance } from '../model/appliance.ts';
import type { Appliance } from '../model/appliance.ts';
import { chooseSettings, saveSettings } from '../model/settings.ts';
import { imagePrograms } from '../render/compose-placement.ts';
import { portNumber } from '../render/native.ts';
import type { ProgramKeys } from '../render/native.ts';
import { ensureSeeded } from '../seed/seed.ts';

const phases: Readonly<Record<string, (layout: Layout) => Promise<void>>> = {
  /** Fetches and builds every program into an image. */
  image: async (layout) => {
    ensureRoots(layout);
    mkdirSync(layout.cache, { recursive: true });
    await ensurePackagesFromNpm(layout);
    await Promise.all([fetchVersityGw(layout), fetchKeycloak(layout)]);
    await fetchWorker(layout);
    const keys: ProgramKeys = { ...fetchedKeys(layout), theme: themeKey(layout), release: releaseKey(layout) };
    deployProgram(layout, keys.node, (partial) => {
      mkdirSync(join(partial, 'bin'));
      copyFileSync(process.execPath, join(partial, 'bin/node'));
      chmodSync(join(partial, 'bin/node'), 0o755);
    });
    deployProgram(layout, keys.versitygw);
    deployProgram(layout, keys['mediasoup-worker']);
    deployKeycloak(layout, keys.keycloak);
    deployTheme(layout, keys.theme);
    await ensureRelease(layout, keys.release);
    for (const [name, key] of Object.entries(keys)) {
      rmSync(join(layout.programs, name), { force: true });
      symlinkSync(key, join(layout.programs, name));
    }
    await ensureUsers(layout, components);
  },
  /** Writes secrets, certificates, configuration and service scripts of everything into the volumes. */
  configure: async (layout) => {
    const appliance = await containerAppliance(layout);
    ensureRoots(layout);
    saveSettings(layout, appliance.settings);
    ensureDirectories(layout, components);
    ensureSecrets(layout, components);
    await ensureCertificates(layout, appliance.settings);
    distributeSecrets(layout, components);
    for (const component of components) ensureConfig(layout, appliance.placement, component);
    for (const component of services) ensureService(layout, appliance.placement, component);
    await ensureCluster(layout);
    saveAppliance(appliance);
  },
  roles: async (layout) => {
    const { settings } = await containerAppliance(layout);
    await ensureRoles(layout, portNumber(settings.portBase, 'postgres', 'sql'));
  },
  migrate: async (layout) => void (await ensureMigrated(await containerAppliance(layout))),
  seed: async (layout) => void (await ensureSeeded(await containerAppliance(layout))),
};

async function containerAppliance(layout: Layout): Promise<Appliance> {
  const environment = process.env;
  const settings = await chooseSettings(layout, {
    host: environment['LYCEUM_HOST'] || undefined,
    address: environment['LYCEUM_ADDRESS'] || undefined,
  });
  return makeAppliance(layout, settings, imagePrograms);
}

/** Runs one phase of the installation alone, for renderings in which something else starts the processes. */
export async function phase(name: string | undefined): Promise<void> {
  const work = name === undefined ? undefined : phases[name];
  if (!work)
    throw new Failure(
      'phase',
      `there is no phase ${name ?? '(none)'}`,
      `./lyceum phase ${Object.keys(phases).join('|')}`,
    );
  await work(Layout.fromEnvironment());
}
