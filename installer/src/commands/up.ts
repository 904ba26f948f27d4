import { copyFileSync, chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Reporter } from '../cli/output.ts';
import { components, componentNamed, services } from '../components/index.ts';
import { storeSecrets } from '../components/parts.ts';
import { ensureCertificates } from '../configure/certificates.ts';
import { ensureCluster, ensureRoles } from '../configure/database.ts';
import { ensureDirectories, ensureRoots } from '../configure/directories.ts';
import { distributeSecrets, ensureSecrets } from '../configure/secrets.ts';
import { ensureConfig, ensureService } from '../configure/services.ts';
import { ensurePackagesFromNpm } from '../build/compile.ts';
import { ensureRehearsal } from '../build/rehearsal.ts';
import { ensureRelease, pruneReleases, releaseKey } from '../build/release.ts';
import { deployKeycloak, deployProgram, deployTheme, themeKey } from '../build/programs.ts';
import { sweepCache } from '../fetch/cache.ts';
import { ensurePackages } from '../fetch/debian.ts';
import { checkWorker, fetchKeycloak, fetchVersityGw, fetchWorker } from '../fetch/programs.ts';
import { exists } from '../host/files.ts';
import { Layout } from '../host/layout.ts';
import { lock, requireDebian, requireDisk } from '../host/machine.ts';
import { commandVariable, waitForOrphans } from '../host/orphans.ts';
import { ensureUsers } from '../host/users.ts';
import { ensureMigrated } from '../migrate/migrate.ts';
import {
  fetchedKeys,
  localComponents,
  makeAppliance,
  saveAppliance,
  savedPrograms,
  selectServices,
} from '../model/appliance.ts';
import type { Appliance } from '../model/appliance.ts';
import type { Component } from '../model/component.ts';
import type { TypedStore } from '../model/outside-store.ts';
import { chooseSettings, saveSettings } from '../model/settings.ts';
import type { ProgramName } from '../model/names.ts';
import { basePackages, programs, rehearsalPackages } from '../programs/catalog.ts';
import { portNumber } from '../render/native.ts';
import { ensureSeeded } from '../seed/seed.ts';
import { ensureOutsideStore } from '../start/outside-store.ts';
import { retireServices } from '../start/retired.ts';
import { ensureRunning, requireFreePorts } from '../start/run.ts';
import { ensureSupervisor, serviceState } from '../start/supervisor.ts';
import { ensureSyntheticRunning, ensureSyntheticService, synthetic } from '../synthetic/service.ts';
import { loadSynthetic } from '../synthetic/settings.ts';
import { printSummary } from './summary.ts';

export interface UpOptions extends TypedStore {
  readonly host?: string | undefined;
  readonly portBase?: string | undefined;
  readonly address?: string | undefined;
  /** Start only these and what they need. */
  readonly only?: readonly string[] | undefined;
}

const result = (changed: number | boolean, note?: string): { changed: number; note?: string } => ({
  changed: Number(changed),
  ...(note === undefined ? {} : { note }),
});

/** Installs, configures and starts whatever is not so already. Every step can be repeated, so a killed run goes on. */
export async function up(options: UpOptions): Promise<void> {
  const layout = Layout.fromEnvironment();
  const report = new Reporter();
  const { only, ...typed } = options;
  const settings = await chooseSettings(layout, typed);
  const selected = selectServices(layout, settings, only);
  requireDebian();
  requireDisk(layout, !exists(join(layout.state, 'appliance.json')));
  const roots = ensureRoots(layout);
  const unlock = lock(layout);
  try {
    report.line(
      `Lyceum at ${layout.home ?? '/opt/lyceum, /etc/lyceum, /var/lib/lyceum'}, ports from ${settings.portBase}`,
    );
    if (!layout.separated) {
      report.line('Not root: all parts run as one user and are not separated from each other. Fine for a trial.');
    }
    await waitForOrphans((line) => report.line(line));
    // What runs from here on is found by the next run, should this one be killed.
    process.env[commandVariable] = String(process.pid);
    const retired = await retireServices(layout, [...services, synthetic]);
    if (retired.length > 0) report.line(`Of an earlier release, stopped and taken away: ${retired.join(', ')}`);
    report.changed += retired.length;
    await refuseTakenPorts(layout, settings.portBase, selected);
    await fetchPhase(layout, report, selected);
    const appliance = await buildPhase(layout, report, settings, selected);
    await report.step('Settings', async () => result(Number(saveSettings(layout, settings)) + roots));
    await configurePhase(appliance, report, selected);
    await startPhase(appliance, report, selected);
    if (!only && loadSynthetic(layout)) await syntheticPhase(layout, report);
    // Nothing runs from them any more once everything was started.
    if (!only) report.changed += pruneReleases(layout, appliance.programs.release);
    const minutes = `${report.elapsedSeconds.toFixed(0)} s`;
    report.line(`\n${report.changed} changed, ${minutes}`);
    if (!only) printSummary(appliance, report);
  } finally {
    unlock();
  }
}

/** Before any work is done: a port that somebody holds would only be found after a quarter of an hour. */
async function refuseTakenPorts(layout: Layout, portBase: number, selected: readonly Component[]): Promise<void> {
  for (const component of selected) {
    if ((await serviceState(layout, component.name)).running) continue;
    requireFreePorts({ settings: { portBase } }, component);
  }
}

const needsProgram = (selected: readonly Component[], name: ProgramName): boolean =>
  selected.some((component) => component.programs.includes(name));

async function fetchPhase(layout: Layout, report: Reporter, selected: readonly Component[]): Promise<void> {
  const keys = fetchedKeys(layout);
  const building = Object.values(programs).filter(
    ({ name }) => needsProgram(selected, name) && !exists(join(layout.cache, keys[name])),
  );
  await report.step('Debian packages', async () => {
    const wanted = [
      ...basePackages,
      ...selected.flatMap((component) => component.packages),
      ...building.flatMap((program) => program.buildPackages),
      ...(loadSynthetic(layout) ? rehearsalPackages : []),
    ];
    const installed = await ensurePackages(layout, wanted, layout);
    return result(installed.length);
  });
  mkdirSync(layout.cache, { recursive: true, mode: 0o755 });
  sweepCache(layout);
  if (needsProgram(selected, 'release')) {
    await report.step('npm packages', async () => result(await ensurePackagesFromNpm(layout)));
  }
  if (needsProgram(selected, 'versitygw')) {
    await report.step('VersityGW', async () => result((await fetchVersityGw(layout)).made, programs.versitygw.version));
  }
  if (needsProgram(selected, 'keycloak')) {
    await report.step('Keycloak', async () => result((await fetchKeycloak(layout)).made, programs.keycloak.version));
  }
  if (needsProgram(selected, 'mediasoup-worker')) {
    await report.step('mediasoup worker', async () => {
      const { made, folder } = await fetchWorker(layout);
      await checkWorker(join(folder, 'mediasoup-worker'));
      return result(made, programs['mediasoup-worker'].version);
    });
  }
}

async function buildPhase(
  layout: Layout,
  report: Reporter,
  settings: Appliance['settings'],
  selected: readonly Component[],
): Promise<Appliance> {
  const ours = needsProgram(selected, 'release');
  const keys = {
    ...fetchedKeys(layout),
    theme: themeKey(layout),
    release: ours ? releaseKey(layout) : (savedPrograms(layout)?.release ?? 'release-none'),
  };
  await report.step('Programs', async () => {
    let changed = deployProgram(layout, keys.node, (partial) => {
      mkdirSync(join(partial, 'bin'), { mode: 0o755 });
      copyFileSync(process.execPath, join(partial, 'bin/node'));
      chmodSync(join(partial, 'bin/node'), 0o755);
    });
    if (needsProgram(selected, 'versitygw')) changed += deployProgram(layout, keys.versitygw);
    if (needsProgram(selected, 'mediasoup-worker')) changed += deployProgram(layout, keys['mediasoup-worker']);
    if (needsProgram(selected, 'keycloak'))
      changed += deployKeycloak(layout, keys.keycloak) + deployTheme(layout, keys.theme);
    return result(changed);
  });
  if (ours) await report.step('Build', async () => result(await ensureRelease(layout, keys.release), keys.release));
  return makeAppliance(layout, settings, keys);
}

async function configurePhase(appliance: Appliance, report: Reporter, selected: readonly Component[]): Promise<void> {
  const { layout, settings, placement } = appliance;
  const local = localComponents(layout, settings);
  // All of them: the groups of components elsewhere still decide who may open which socket.
  await report.step('Users', async () => result(await ensureUsers(layout, components)));
  await report.step('Directories', async () => result(ensureDirectories(layout, local)));
  await report.step('Secrets', async () => result(ensureSecrets(layout, local, settings.store ? storeSecrets : [])));
  await report.step('Certificates', async () => result(await ensureCertificates(layout, settings)));
  await report.step('Configuration', async () => {
    let changed = distributeSecrets(layout, local);
    for (const component of new Set([...selected, ...local.filter(({ name }) => name === 'operator')]))
      changed += ensureConfig(layout, placement, component);
    return result(changed);
  });
  await report.step('Services', async () => {
    let changed = Number(saveAppliance(appliance));
    for (const component of selected) changed += ensureService(layout, placement, component);
    if (loadSynthetic(layout)) changed += ensureSyntheticService(appliance);
    return result(changed);
  });
}

async function startPhase(appliance: Appliance, report: Reporter, selected: readonly Component[]): Promise<void> {
  const { layout, settings } = appliance;
  mkdirSync(join(layout.state, 'marks'), { recursive: true, mode: 0o700 });
  const port = portNumber(settings.portBase, 'postgres', 'sql');
  if (selected.some(({ name }) => name === 'postgres')) {
    await report.step('Database cluster', async () => result(await ensureCluster(layout)));
  }
  const robots = loadSynthetic(layout) ? [synthetic] : [];
  await report.step('Supervisor', async () => result(await ensureSupervisor(layout, [...selected, ...robots])));
  const start = (component: Component): Promise<void> =>
    report.step(component.title, () => ensureRunning(appliance, component));
  // What migrates and seeds needs these; what serves people starts on a schema that is up to date.
  const foundation = new Set(componentNamed('operator').needs);
  if (settings.store) foundation.delete('store');
  for (const component of selected.filter(({ name }) => foundation.has(name))) {
    await start(component);
    if (component.name === 'postgres') {
      await report.step('Database roles', async () => result(await ensureRoles(layout, port)));
    }
  }
  const complete = [...foundation].every((name) => selected.some((component) => component.name === name));
  const { store } = settings;
  if (complete && store) await report.step('Object store', () => ensureOutsideStore(appliance, store));
  if (complete) await report.step('Schema', () => ensureMigrated(appliance));
  for (const component of selected.filter(({ name }) => !foundation.has(name))) await start(component);
  if (complete) await report.step('Institutions', () => ensureSeeded(appliance));
}

/** Robots come last: what they visit has to be there. */
async function syntheticPhase(layout: Layout, report: Reporter): Promise<void> {
  await report.step(synthetic.title, async () => {
    const built = await ensureRehearsal(layout);
    const { changed } = await ensureSyntheticRunning(layout);
    return result(Number(built) + changed);
  });
}
