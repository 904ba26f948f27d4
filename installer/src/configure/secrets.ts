import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { ensureDirectory, ensureFile, readIfThere } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import { identityOf } from '../host/users.ts';
import type { Component } from '../model/component.ts';
import type { SecretName } from '../model/names.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** New value of a secret: 32 random bytes, except where a format asks for something else. */
export function generate(name: SecretName): string | undefined {
  switch (name) {
    case 'root-key':
      return randomBytes(32).toString('base64');
    case 'store-access-key':
      return Array.from({ length: 20 }, () => letters[randomInt(letters.length)]).join('');
    case 'keycloak-admin-user':
      return 'appliance';
    // Made by openssl together with its certificate.
    case 'tls-key':
      return undefined;
    default:
      return randomBytes(32).toString('base64url');
  }
}

/** The one original of each secret, for root alone; every user that needs it has a copy. */
export const originals = (layout: Layout): string => join(layout.secrets, 'originals');

/**
 * Generates what the components read and what is missing, once and for all.
 * @param brought are somebody else's to make. @throws Failure when one of them is missing
 */
export function ensureSecrets(
  layout: Layout,
  components: readonly Component[],
  brought: readonly SecretName[] = [],
): number {
  const mine = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const folder = originals(layout);
  let changed = ensureDirectory(folder, { mode: 0o700, ...mine }) ? 1 : 0;
  for (const name of new Set(components.flatMap(({ secrets }) => secrets))) {
    const path = join(folder, name);
    const value = readIfThere(path)?.toString('utf8') ?? (brought.includes(name) ? undefined : generate(name));
    if (value === undefined && brought.includes(name)) {
      throw new Failure(
        'secrets',
        `${path} is missing: the object store's keys come from whoever runs it`,
        'see docs/operator.md, "An object store that is there already", then ./lyceum up',
      );
    }
    if (value !== undefined && ensureFile(path, value, { mode: 0o400, ...mine })) changed += 1;
  }
  return changed;
}

/** Gives each user its own copy of the secrets its components read, readable by that user only. */
export function distributeSecrets(layout: Layout, components: readonly Component[]): number {
  let changed = 0;
  for (const component of components) {
    const { uid, gid } = identityOf(layout, component.user);
    for (const name of component.secrets) {
      const value = readIfThere(join(originals(layout), name));
      if (value === undefined) throw new Error(`the secret ${name} was not generated`);
      if (ensureFile(layout.secretFile(component.user, name), value, { mode: 0o400, uid, gid })) changed += 1;
    }
  }
  return changed;
}
