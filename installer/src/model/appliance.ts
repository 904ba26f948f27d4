import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { components, services } from '../components/index.ts';
import { programKey } from '../fetch/programs.ts';
import { ensureFile, readJson } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import { NativePlacement } from '../render/native.ts';
import type { ProgramKeys } from '../render/native.ts';
import type { Component } from './component.ts';
import { loadSpread } from './spread.ts';
import type { Placement } from './placement.ts';
import { loadSettings, origin } from './settings.ts';
import type { Settings } from './settings.ts';

/** An installed appliance: where it lies, what was chosen, and how references resolve in it. */
export interface Appliance {
  readonly layout: Layout;
  readonly settings: Settings;
  readonly placement: Placement;
  readonly programs: ProgramKeys;
}

const file = (layout: Layout): string => join(layout.state, 'appliance.json');

export function makeAppliance(layout: Layout, settings: Settings, programs: ProgramKeys): Appliance {
  return { layout, settings, programs, placement: new NativePlacement(layout, settings, programs, loadSpread(layout)) };
}

/** Program folders that this checkout asks for, apart from the ones made of our own sources. */
export function fetchedKeys(layout: Layout): Pick<ProgramKeys, 'node' | 'keycloak' | 'versitygw' | 'mediasoup-worker'> {
  return {
    node: `node-${process.versions.node}`,
    keycloak: programKey(layout, 'keycloak'),
    versitygw: programKey(layout, 'versitygw'),
    'mediasoup-worker': programKey(layout, 'mediasoup-worker'),
  };
}

/** Program folders the last `up` deployed. */
export function savedPrograms(layout: Layout): ProgramKeys | undefined {
  return (readJson(file(layout)) as { programs?: ProgramKeys } | undefined)?.programs;
}

/** The appliance as the last `up` left it. @throws Failure when there is none. */
export function openAppliance(layout: Layout): Appliance {
  const settings = loadSettings(layout);
  const programs = savedPrograms(layout);
  if (!settings || !programs) {
    throw new Failure('appliance', `nothing is installed at ${layout.home ?? layout.programs}`, './lyceum up');
  }
  return makeAppliance(layout, settings, programs);
}

/** Writes down what tests, rehearsals and the other commands need to find their way. No secret is in it. */
export function saveAppliance(appliance: Appliance): boolean {
  const { layout, settings, programs } = appliance;
  // By component and name: postgres.sql, turn.turns, media.rtc (the first of a range).
  const ports = Object.fromEntries(
    components.map((component) => [
      component.name,
      Object.fromEntries(
        Object.entries(component.ports).map(([name, port]) => [name, settings.portBase + port.offset]),
      ),
    ]),
  );
  const content = {
    origin: origin(settings),
    hostName: settings.hostName,
    mediaAddress: settings.mediaAddress,
    portBase: settings.portBase,
    region: settings.region,
    ports,
    caFile: layout.authority,
    releaseDir: join(layout.programs, programs.release),
    node: join(layout.programs, programs.node, 'bin/node'),
    workerBin: join(layout.programs, programs['mediasoup-worker'], 'mediasoup-worker'),
    separated: layout.separated,
    users: Object.fromEntries(components.map(({ name, user }) => [name, layout.separated ? layout.user(user) : null])),
    programsDir: layout.programs,
    configDir: layout.config,
    secretsDir: layout.secrets,
    stateDir: layout.state,
    logsDir: layout.logs,
    runDir: layout.run,
    servicesDir: layout.services,
    dataDirs: Object.fromEntries(components.filter(({ data }) => data).map(({ name }) => [name, layout.dataDir(name)])),
    programs,
  };
  return ensureFile(file(layout), `${JSON.stringify(content, null, 2)}\n`, {
    mode: 0o644,
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
  });
}

/** Whether a component runs on this host: not when it was placed on another, nor the store when there is one outside. */
function isHere(layout: Layout, settings: Settings): (component: Component) => boolean {
  const here = loadSpread(layout)?.here;
  return ({ name }) => {
    if (name === 'store' && settings.store) return false;
    // The operator's program goes with the database.
    return !here || here.includes(name === 'operator' ? 'postgres' : name);
  };
}

/** Everything that lives on this host. */
export function localComponents(layout: Layout, settings: Settings): readonly Component[] {
  return components.filter(isHere(layout, settings));
}

/** Services of this host by name, with what they need here, in the order to start them; all when none is named. */
export function selectServices(layout: Layout, settings: Settings, names?: readonly string[]): Component[] {
  const local = services.filter(isHere(layout, settings));
  if (!names || names.length === 0) return local;
  const wanted = new Set<string>();
  const visit = (name: string): void => {
    const component = services.find((candidate) => candidate.name === name);
    if (!component) {
      throw new Failure(
        name,
        'is not the name of a component',
        `./lyceum status   (it lists ${services.map((c) => c.name).join(', ')})`,
      );
    }
    wanted.add(name);
    component.needs.forEach(visit);
  };
  names.forEach(visit);
  return local.filter((component) => wanted.has(component.name));
}
