import { services } from '../components/index.ts';
import type { Component } from '../model/component.ts';
import type { ComponentName } from '../model/names.ts';
import { defaultPortBase } from '../model/settings.ts';
import { generated } from './drift.ts';
import { yaml } from './yaml.ts';
import type { Yaml } from './yaml.ts';

interface Host {
  readonly name: string;
  /** An example (RFC 5737). */
  readonly address: string;
  readonly components: readonly ComponentName[];
}

/**
 * Two hosts: what carries pictures and sound has its own, so that nothing else takes its processor time. It holds no
 * data, no password of the database and not the root key: the recorder stays with `keys`, whose sockets never leave
 * a machine.
 */
export const exampleHosts: readonly Host[] = [
  {
    name: 'lyceum-core',
    address: '192.0.2.10',
    components: ['postgres', 'redis', 'store', 'keycloak', 'keys', 'recorder', 'jobs', 'api-1', 'api-2', 'edge'],
  },
  { name: 'lyceum-media', address: '192.0.2.20', components: ['turn', 'media-1', 'media-2'] },
];

/** An inventory to copy: addresses and names are examples, everything else follows from the components. */
export function inventory(hosts: readonly Host[] = exampleHosts): string {
  const placed = new Set(hosts.flatMap((host) => host.components));
  const missing = services.filter(({ name }) => !placed.has(name)).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`the inventory has no host for ${missing.join(', ')}`);
  return `${generated}---\n${yaml({
    lyceum: {
      hosts: Object.fromEntries(
        hosts.map(({ name, address, components: here }) => [
          name,
          { ansible_host: address, lyceum_address: address, lyceum_components: [...here] },
        ]),
      ),
      vars: {
        lyceum_host: 'classes.example.edu',
        lyceum_media_address: hosts.find((host) => host.components.includes('media-1'))?.address ?? '',
        lyceum_repository: 'https://git.example.edu/lyceum.git',
        lyceum_version: 'main',
      },
    },
  })}`;
}

/** Ports of a component as offsets from the port base, split by who may reach them. */
function ports(component: Component): Yaml {
  return Object.entries(component.ports).map(([name, { offset, protocol, reach, count = 1 }]) => ({
    name,
    first: offset,
    last: offset + count - 1,
    protocols: protocol.split('+'),
    reach,
  }));
}

/** Facts about each component that the roles need: the description's, word for word. */
export function facts(): string {
  const described = Object.fromEntries(
    services.map((component) => [component.name, { ports: ports(component), secrets: [...component.secrets] }]),
  );
  return `${generated}---\n${yaml({ lyceum_port_base: defaultPortBase, lyceum_described: described })}`;
}
