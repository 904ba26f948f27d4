import { describe, expect, it } from 'vitest';
import { services } from '../components/index.ts';
import { secretNames } from '../model/names.ts';
import { exampleHosts, facts, inventory } from './ansible.ts';

describe('the Ansible rendering', () => {
  it('OP-03 places every component on exactly one of two hosts', () => {
    expect(exampleHosts).toHaveLength(2);
    const placed = exampleHosts.flatMap(({ components }) => components);
    expect([...placed].sort()).toEqual(services.map(({ name }) => name).sort());
    for (const { name, address, components } of exampleHosts) {
      const block = new RegExp(`    ${name}:\\n((?:      .*\\n)+)`).exec(inventory())?.[1] ?? '';
      expect(block).toContain(`lyceum_address: '${address}'`);
      for (const component of components) expect(block).toContain(`        - ${component}\n`);
    }
  });

  it('OP-03 refuses an inventory in which a component has no host', () => {
    const [core] = exampleHosts;
    expect(() => inventory(core ? [core] : [])).toThrow('turn, media-1, media-2');
  });

  it('OP-03 knows every component’s ports and secrets', () => {
    const text = facts();
    for (const component of services) {
      const block = new RegExp(`^  ${component.name}:\\n((?:    .*\\n)+)`, 'm').exec(text)?.[1] ?? '';
      for (const [name, { offset, count = 1, reach }] of Object.entries(component.ports)) {
        expect(block).toMatch(
          new RegExp(
            `- name: ${name}\\n +first: ${offset}\\n +last: ${offset + count - 1}\\n(?: .*\\n)*? +reach: ${reach}\\n`,
          ),
        );
      }
      const listed = [...(/ {4}secrets:\n((?: {6}- .*\n)*)/.exec(block)?.[1] ?? '').matchAll(/- (.*)\n/g)].map(
        ([, name]) => name,
      );
      expect(listed, component.name).toEqual([...component.secrets]);
    }
  });

  it('SE-05 OP-03 keeps the root key, data and the database’s passwords off the media host', () => {
    const media = exampleHosts.find(({ components }) => components.includes('media-1'));
    const here = services.filter(({ name }) => media?.components.includes(name));
    const secrets = here.flatMap((component) => component.secrets);
    expect(secrets).toContain('media-control');
    expect(
      secrets.filter((name) => /^(root-key|database-|store-|keycloak-|session-key|seat-token-key)/.test(name)),
    ).toEqual([]);
  });

  it('OP-03 keeps what opens the sockets of keys on its host', () => {
    const core = exampleHosts.find(({ components }) => components.includes('keys'));
    expect(core?.components).toEqual(expect.arrayContaining(['api-1', 'api-2', 'jobs', 'recorder']));
  });

  it('SE-05 OP-03 holds names of secrets and no secret', () => {
    const text = inventory() + facts();
    expect(text).not.toMatch(/(?<![\w/.-])[A-Za-z0-9_-]{40,}={0,2}(?![\w/.-])/);
    for (const name of secretNames) expect(text).not.toMatch(new RegExp(`${name}['"]?\\s*[:=]\\s*\\S`));
  });
});
