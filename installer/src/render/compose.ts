import { components, componentNamed, services } from '../components/index.ts';
import type { Component } from '../model/component.ts';
import type { ComponentName } from '../model/names.ts';
import { resolveText } from '../model/placement.ts';
import { defaultPortBase } from '../model/settings.ts';
import { healthCommand } from './compose-health.ts';
import { addressOf, composePlacement, imageLayout, sourceFolder, subnet } from './compose-placement.ts';
import { allMounts, mountsOf, places } from './compose-volumes.ts';
import { generated } from './drift.ts';
import { yaml } from './yaml.ts';
import type { Yaml } from './yaml.ts';

type Mapping = Readonly<Record<string, Yaml>>;

const image = 'lyceum:${LYCEUM_TAG:-local}';
const done = 'service_completed_successfully';
const healthy = 'service_healthy';

// Every container carries them, so that a changed answer makes them all anew, with the configuration that follows.
const answers: Yaml = {
  LYCEUM_HOST: '${LYCEUM_HOST:?is the name that browsers use, see .env.example}',
  LYCEUM_ADDRESS: '${LYCEUM_ADDRESS:?is the address that media is sent to, see .env.example}',
};

// What the native supervisor's logger keeps: ten files of a megabyte.
const logging: Yaml = { driver: 'json-file', options: { 'max-size': '1m', 'max-file': '10' } };

const after = (conditions: Readonly<Record<string, string>>): Mapping =>
  Object.fromEntries(Object.entries(conditions).map(([name, condition]) => [name, { condition }]));

/** Keys is asked through sockets only, and has no network at all. */
const network = (component: Component): Mapping =>
  Object.keys(component.ports).length === 0 && component.name !== 'operator'
    ? { network_mode: 'none' }
    : { networks: { lyceum: { ipv4_address: addressOf(component.name) } } };

/** Ports that browsers reach, in Compose's notation. */
export function published(component: Component): string[] {
  return Object.values(component.ports)
    .filter((port) => port.reach === 'network')
    .flatMap((port) => {
      const first = defaultPortBase + port.offset;
      const range = port.count ? `${first}-${first + port.count - 1}` : String(first);
      return port.protocol.split('+').map((protocol) => `${range}:${range}/${protocol}`);
    });
}

/** A step of the installation that runs once and ends. */
function step(phase: string, options: { mounts: readonly string[]; needs: Mapping; networked: boolean }): Mapping {
  return {
    image,
    command: [`${imageLayout.programs}/node/bin/node`, `${sourceFolder}/installer/src/main.ts`, 'phase', phase],
    environment: answers,
    volumes: [...options.mounts],
    ...(options.networked ? { networks: ['lyceum'] } : { network_mode: 'none' }),
    restart: 'no',
    ...(Object.keys(options.needs).length > 0 ? { depends_on: options.needs } : {}),
    logging,
  };
}

function service(component: Component): Yaml {
  const foundation = componentNamed('operator').needs.includes(component.name);
  const needs: Record<string, string> = { configure: done };
  for (const need of component.needs) needs[need] = healthy;
  if (component.needs.includes('postgres')) needs['roles'] = done;
  // What migrates needs the foundation; whatever serves people starts on a schema that is up to date.
  if (!foundation && component.needs.includes('postgres')) needs['migrate'] = done;
  const ports = published(component);
  return {
    image,
    // The same script as without containers: it cleans the environment and takes on the component's own user.
    command: [`${imageLayout.services}/${component.name}/run`],
    init: true,
    environment: answers,
    volumes: mountsOf(component),
    ...network(component),
    ...(ports.length > 0 ? { ports } : {}),
    read_only: true,
    tmpfs: ['/tmp', '/run'],
    cap_drop: ['ALL'],
    cap_add: ['SETGID', 'SETUID', ...(component.run ? ['CHOWN', 'FOWNER'] : [])],
    security_opt: ['no-new-privileges:true'],
    ulimits: { nofile: 65_536 },
    ...(component.name === 'postgres' ? { shm_size: '256m' } : {}),
    stop_signal: `SIG${component.stopSignal ?? 'TERM'}`,
    stop_grace_period: `${component.stopSeconds}s`,
    restart: 'unless-stopped',
    depends_on: after(needs),
    healthcheck: {
      test: ['CMD-SHELL', healthCommand(composePlacement(), component)],
      interval: '15s',
      timeout: '10s',
      retries: 3,
      start_period: `${component.startSeconds}s`,
    },
    logging,
  };
}

/** Our one-shot program, for whoever types `run --rm operator tenant create …`. */
function operatorService(): Yaml {
  const operator = componentNamed('operator');
  const placement = composePlacement();
  const resolve = (value: Parameters<typeof resolveText>[2]): string => resolveText(placement, operator, value);
  return {
    image,
    profiles: ['operator'],
    entrypoint: operator.command.map(resolve),
    user: imageLayout.user(operator.user),
    environment: Object.fromEntries(
      Object.entries(operator.environment).map(([name, value]) => [name, resolve(value)]),
    ),
    volumes: mountsOf(operator),
    networks: ['lyceum'],
    read_only: true,
    tmpfs: ['/tmp'],
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    restart: 'no',
    depends_on: after({ migrate: done }),
  };
}

/** The Compose file as a tree. */
export function composeDocument(): Mapping {
  const operator = componentNamed('operator');
  const state = [`${places.state}:${imageLayout.state}`, ...mountsOf(operator)];
  const foundation: readonly ComponentName[] = operator.needs;
  const ready = Object.fromEntries(foundation.map((name) => [name, healthy]));
  const steps: Record<string, Yaml> = {
    configure: {
      build: { context: '..', dockerfile: 'compose/Dockerfile' },
      ...step('configure', { mounts: allMounts(), needs: {}, networked: false }),
    },
    roles: step('roles', {
      mounts: [`${places.originals}:${imageLayout.secrets}/originals:ro`, ...mountsOf(componentNamed('postgres'))],
      needs: after({ postgres: healthy }),
      networked: false,
    }),
    migrate: step('migrate', { mounts: state, needs: after({ roles: done, ...ready }), networked: true }),
    seed: step('seed', { mounts: state, needs: after({ migrate: done, edge: healthy }), networked: true }),
  };
  const named = new Set([...allMounts(), ...components.flatMap(mountsOf)].map((mount) => mount.split(':')[0] ?? ''));
  return {
    services: {
      ...steps,
      ...Object.fromEntries(services.map((component) => [component.name, service(component)])),
      operator: operatorService(),
    },
    networks: { lyceum: { ipam: { config: [{ subnet }] } } },
    volumes: Object.fromEntries([...named].sort().map((name) => [name, {}])),
  };
}

export const composeFile = (): string => `${generated}${yaml(composeDocument())}`;
