import { componentNamed, services } from '../components/index.ts';
import type { Component } from '../model/component.ts';
import { componentNames } from '../model/names.ts';
import { defaultPortBase } from '../model/settings.ts';
import { basePackages, programs } from '../programs/catalog.ts';
import { yaml } from './yaml.ts';
import type { Yaml } from './yaml.ts';

const header = '# Rendered from installer/src/components by `./lyceum render`; edit the description, not this file.\n';

const lyceum = '/opt/lyceum/node/bin/node /usr/src/lyceum/installer/src/main.ts';

/** Volumes every container sees: configuration with its own secrets inside, data, and sockets. */
const volumes = ['config:/etc/lyceum', 'state:/var/lib/lyceum', 'run:/run/lyceum', 'logs:/var/log/lyceum'];

/** Containers find each other by service name; each of them sees the whole of it. */
export function composePlacement(): string {
  const names = componentNames.filter((name) => name !== 'operator');
  return `${JSON.stringify({ hosts: Object.fromEntries(names.map((name) => [name, name])), bind: '0.0.0.0', here: names }, null, 2)}\n`;
}

function published(component: Component): string[] {
  return Object.values(component.ports)
    .filter((port) => port.reach === 'network')
    .flatMap((port) => {
      const first = defaultPortBase + port.offset;
      const range = port.count ? `${first}-${first + port.count - 1}` : String(first);
      return port.protocol.split('+').map((protocol) => `${range}:${range}/${protocol}`);
    });
}

/** A step that runs once and ends. */
const oneShot = (command: string, after: Record<string, string>): Yaml => ({
  image: 'lyceum',
  build: { context: '..', dockerfile: 'compose/Dockerfile' },
  command: `${lyceum} phase ${command}`,
  environment: { LYCEUM_HOST: '${LYCEUM_HOST:-localhost}', LYCEUM_ADDRESS: '${LYCEUM_ADDRESS:-}' },
  volumes,
  restart: 'no',
  depends_on: Object.fromEntries(Object.entries(after).map(([name, condition]) => [name, { condition }])),
});

const done = 'service_completed_successfully';
const healthy = 'service_healthy';

function service(component: Component): Yaml {
  const foundation = componentNamed('operator').needs.includes(component.name);
  const after: Record<string, string> = { configure: done };
  for (const need of component.needs) after[need] = healthy;
  if (component.name === 'keycloak') after['roles'] = done;
  if (!foundation && component.programs.includes('release') && component.name !== 'edge') after['migrate'] = done;
  return {
    image: 'lyceum',
    // The same script as without containers: it cleans the environment and takes on the component's user.
    command: `/etc/lyceum/services/${component.name}/run`,
    volumes,
    ...(published(component).length > 0 ? { ports: published(component) } : {}),
    stop_signal: `SIG${component.stopSignal ?? 'TERM'}`,
    stop_grace_period: `${component.stopSeconds}s`,
    restart: 'unless-stopped',
    depends_on: Object.fromEntries(Object.entries(after).map(([name, condition]) => [name, { condition }])),
    healthcheck: {
      test: `${lyceum} phase probe ${component.name}`,
      interval: '10s',
      timeout: '5s',
      retries: 3,
      start_period: `${component.startSeconds}s`,
    },
  };
}

export function composeFile(): string {
  const all: Record<string, Yaml> = {
    configure: oneShot('configure', {}),
    roles: oneShot('roles', { postgres: healthy }),
    migrate: oneShot('migrate', { postgres: healthy, store: healthy, keys: healthy, keycloak: healthy, roles: done }),
    ...Object.fromEntries(services.map((component) => [component.name, service(component)])),
    seed: oneShot('seed', { edge: healthy }),
  };
  return `${header}${yaml({ services: all, volumes: { config: {}, state: {}, run: {}, logs: {} } })}`;
}

/** One image for every role: the programs are the same, the run script says which of them it is. */
export function dockerfile(): string {
  const build = [...new Set(Object.values(programs).flatMap((program) => [...program.buildPackages]))];
  const runtime = [...new Set([...basePackages, ...services.flatMap((component) => component.packages)])];
  const list = (names: readonly string[]): string =>
    [...names]
      .sort()
      .map((name) => `      ${name} \\\n`)
      .join('');
  const install = (names: readonly string[]): string =>
    `RUN printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d \\\n` +
    ` && apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install \\\n${list(names)}` +
    ` && rm -rf /var/lib/apt/lists/*\n`;
  return `${header}FROM debian:bookworm-slim AS build
${install([...new Set([...runtime, ...build, 'python3-venv'])])}COPY . /usr/src/lyceum
RUN LYCEUM_CACHE=/tmp/cache /usr/src/lyceum/lyceum phase image

FROM debian:bookworm-slim
${install(runtime)}COPY --from=build /opt/lyceum /opt/lyceum
COPY --from=build /etc/passwd /etc/group /etc/shadow /etc/gshadow /etc/
COPY installer /usr/src/lyceum/installer
COPY certs /usr/src/lyceum/certs
COPY compose/placement.json /etc/lyceum/placement.json
`;
}
