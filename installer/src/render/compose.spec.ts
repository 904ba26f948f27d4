import { describe, expect, it } from 'vitest';
import { components, services } from '../components/index.ts';
import { secretNames } from '../model/names.ts';
import { bind, setting } from '../model/refs.ts';
import { defaultPortBase } from '../model/settings.ts';
import { dockerfile } from './compose-image.ts';
import { addressOf, composePlacement, composeSpread, imageUsers } from './compose-placement.ts';
import { mountsOf } from './compose-volumes.ts';
import { composeDocument, composeFile } from './compose.ts';
import type { Yaml } from './yaml.ts';

function at(tree: Yaml | undefined, ...path: readonly string[]): Yaml | undefined {
  return path.reduce<Yaml | undefined>(
    (node, key) =>
      typeof node === 'object' && node !== null ? Object.entries(node).find(([name]) => name === key)?.[1] : undefined,
    tree,
  );
}

const strings = (value: Yaml | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

describe('the Compose rendering', () => {
  const document = composeDocument();
  const of = (name: string, ...path: readonly string[]): Yaml | undefined => at(document, 'services', name, ...path);

  it('OP-02 has every component, each with its script, signal, patience and health check', () => {
    for (const component of services) {
      expect(of(component.name, 'command')).toEqual([`/etc/lyceum/services/${component.name}/run`]);
      expect(of(component.name, 'stop_signal')).toBe(`SIG${component.stopSignal ?? 'TERM'}`);
      expect(of(component.name, 'stop_grace_period')).toBe(`${component.stopSeconds}s`);
      expect(of(component.name, 'restart')).toBe('unless-stopped');
      expect(strings(of(component.name, 'healthcheck', 'test'))[0]).toBe('CMD-SHELL');
      expect(of(component.name, 'healthcheck', 'start_period')).toBe(`${component.startSeconds}s`);
    }
    expect(of('operator', 'profiles')).toEqual(['operator']);
  });

  it('OP-02 publishes the ports that browsers reach, whole ranges and both protocols, and no other', () => {
    for (const component of services) {
      const published = strings(of(component.name, 'ports')).flatMap((mapping) => {
        const [outside, inside = '', ...rest] = mapping.split(/[:/]/);
        expect(outside).toBe(inside);
        const [first = 0, last = first] = inside.split('-').map(Number);
        return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/${rest.join()}`);
      });
      const wanted = Object.values(component.ports)
        .filter((port) => port.reach === 'network')
        .flatMap(({ offset, protocol, count = 1 }) =>
          protocol
            .split('+')
            .flatMap((one) =>
              Array.from({ length: count }, (_, index) => `${defaultPortBase + offset + index}/${one}`),
            ),
        );
      expect(published.sort(), component.name).toEqual(wanted.sort());
    }
  });

  it('OP-02 starts nothing before what it needs is healthy, and nobody before the configuration is written', () => {
    for (const component of services) {
      expect(of(component.name, 'depends_on', 'configure', 'condition')).toBe('service_completed_successfully');
      for (const need of component.needs) {
        expect(of(component.name, 'depends_on', need, 'condition'), component.name).toBe('service_healthy');
      }
    }
    for (const name of ['api-1', 'api-2', 'jobs', 'recorder']) expect(of(name, 'depends_on', 'migrate')).toBeDefined();
    for (const name of ['postgres', 'keys', 'store', 'keycloak'])
      expect(of(name, 'depends_on', 'migrate')).toBeUndefined();
  });

  it('SE-05 OP-02 shows a component no other user’s secrets, and nobody but the installation the originals', () => {
    for (const component of components) {
      const secrets = mountsOf(component).filter((mount) => mount.includes('/etc/lyceum/secrets'));
      const wanted =
        component.secrets.length > 0 ? [`secrets-${component.user}:/etc/lyceum/secrets/${component.user}:ro`] : [];
      expect(secrets, component.name).toEqual(wanted);
      expect(strings(of(component.name, 'volumes'))).toEqual(mountsOf(component));
    }
    const holders = Object.keys(at(document, 'services') as object).filter((name) =>
      strings(of(name, 'volumes')).some((mount) => mount.startsWith('originals:')),
    );
    expect(holders).toEqual(['configure', 'roles']);
  });

  it('SE-05 OP-02 shows a component no other one’s data and no run directory of one it does not talk to', () => {
    for (const component of services) {
      const foreign = mountsOf(component).filter(
        (mount) => /^(data|run|config)-/.test(mount) && !mount.split(':')[0]?.endsWith(`-${component.name}`),
      );
      const peer = ['api-1', 'api-2', 'jobs', 'recorder'].includes(component.name);
      expect(foreign, component.name).toEqual(peer ? ['run-keys:/run/lyceum/keys:ro'] : []);
    }
  });

  it('SE-05 OP-02 gives containers no right they don’t need, and keys no network', () => {
    for (const component of services) {
      expect(of(component.name, 'cap_drop')).toEqual(['ALL']);
      expect(of(component.name, 'read_only')).toBe(true);
      expect(of(component.name, 'privileged')).toBeUndefined();
      const alone = Object.keys(component.ports).length === 0;
      expect(of(component.name, 'network_mode')).toBe(alone ? 'none' : undefined);
      expect(at(of(component.name, 'networks', 'lyceum'), 'ipv4_address')).toBe(
        alone ? undefined : addressOf(component.name),
      );
    }
    expect(of('keys', 'network_mode')).toBe('none');
  });

  it('OP-02 declares every volume it uses, and uses every volume it declares', () => {
    const used = Object.values(at(document, 'services') as Record<string, Yaml>).flatMap((service) =>
      strings(at(service, 'volumes')).map((mount) => mount.split(':')[0]),
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(at(document, 'volumes') as object).sort());
  });

  it('OP-02 lets each component listen at its own address and find the others at theirs', () => {
    const { hosts } = composeSpread();
    expect(new Set(Object.values(hosts)).size).toBe(services.length);
    const placement = composePlacement();
    for (const component of services) {
      for (const [name, port] of Object.entries(component.ports)) {
        const wanted = port.reach === 'network' ? '0.0.0.0' : hosts[component.name];
        expect(placement.value(component, bind(component.name, name))).toBe(wanted);
      }
      // A transport or a relay can't be told to listen everywhere: that is no address to tell the other side.
      expect(placement.value(component, setting('rtcAddress'))).toBe(hosts[component.name]);
    }
  });

  it('SE-05 OP-02 holds no secret', () => {
    const text = composeFile() + dockerfile();
    // Generated secrets are 32 bytes as base64, certificates and hashes longer.
    expect(text).not.toMatch(/(?<![\w/.-])[A-Za-z0-9_-]{40,}={0,2}(?![\w/.-])/);
    for (const name of secretNames) expect(text).not.toMatch(new RegExp(`${name}['"]?\\s*[:=]\\s*\\S`));
  });
});

describe('the image', () => {
  const text = dockerfile();

  it('OP-02 starts from Debian and nothing else', () => {
    const bases = [...text.matchAll(/^FROM (\S+)(?: AS (\S+))?$/gm)];
    const stages = bases.map(([, , stage]) => stage);
    expect(bases.map(([, base]) => base).filter((base) => !stages.includes(base))).toEqual(['debian:bookworm-slim']);
  });

  it('OP-02 has every component’s packages and user, and the tools that health checks call', () => {
    for (const component of components) {
      for (const name of component.packages) expect(text).toContain(` ${name} \\\n`);
    }
    for (const { name, id } of imageUsers()) {
      expect(text).toMatch(
        new RegExp(`groupadd --gid ${id} ${name} && useradd --uid ${id} --gid ${id} .* ${name}( |$)`, 'm'),
      );
    }
    expect(text).toMatch(/ curl \\\n/);
    expect(new Set(imageUsers().map(({ id }) => id)).size).toBe(imageUsers().length);
  });
});
