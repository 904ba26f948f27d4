import { services } from '../components/index.ts';
import type { ComponentName } from '../model/names.ts';
import { defaultPortBase } from '../model/settings.ts';
import { yaml } from './yaml.ts';
import type { Yaml } from './yaml.ts';

const header =
  '# Rendered from installer/src/components by `./lyceum render`; edit the description, not this file.\n---\n';

/**
 * Two hosts: media has its own, so that nothing else takes its processor time. `keys` runs on both, because its
 * sockets never leave a machine; it keeps nothing, so two of it are one.
 */
const hosts: readonly {
  readonly name: string;
  readonly address: string;
  readonly components: readonly ComponentName[];
}[] = [
  {
    name: 'lyceum-core',
    address: '192.0.2.10',
    components: ['postgres', 'redis', 'store', 'keycloak', 'keys', 'jobs', 'api-1', 'api-2', 'edge'],
  },
  { name: 'lyceum-media', address: '192.0.2.20', components: ['keys', 'turn', 'recorder', 'media'] },
];

function firewall(components: readonly ComponentName[]): Yaml[] {
  return services
    .filter((component) => components.includes(component.name))
    .flatMap((component) =>
      Object.entries(component.ports).map(([name, port]) => {
        const first = defaultPortBase + port.offset;
        return {
          component: component.name,
          name,
          ports: port.count ? `${first}-${first + port.count - 1}` : String(first),
          protocols: port.protocol.split('+'),
          from: port.reach === 'network' ? 'everybody' : 'appliance',
        };
      }),
    );
}

export function unplaced(): ComponentName[] {
  const placed = new Set(hosts.flatMap((host) => host.components));
  return services.map((component) => component.name).filter((name) => !placed.has(name));
}

/** An inventory to copy: addresses are examples (RFC 5737), everything else follows from the components. */
export function inventory(): string {
  const missing = unplaced();
  if (missing.length > 0) throw new Error(`the inventory has no host for ${missing.join(', ')}`);
  const order = Object.fromEntries(
    hosts.map(({ name, address, components }) => [
      name,
      {
        ansible_host: address,
        lyceum_address: address,
        lyceum_components: [...components],
        lyceum_ports: firewall(components),
      },
    ]),
  );
  return `${header}${yaml({
    lyceum: {
      hosts: order,
      vars: {
        lyceum_host: 'classes.example.edu',
        lyceum_port_base: defaultPortBase,
        lyceum_media_address: hosts[1]?.address ?? '',
        lyceum_repository: 'https://git.example.edu/lyceum.git',
        lyceum_version: 'main',
      },
    },
  })}`;
}
