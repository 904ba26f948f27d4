import type { Role } from '@lyceum/contracts';
import { z } from 'zod';
import { KeycloakAdminError, type KeycloakAdminClient } from './admin-client.js';
import { MIN_PASSWORD_LENGTH } from './realm-representation.js';

export interface NewPerson {
  username: string;
  /** First name and the rest, divided at the first space. */
  name: string;
  email: string;
  roles: readonly Role[];
  /** Used when the person is created; somebody who is there keeps theirs. */
  password: string;
}

const usersSchema = z.array(z.object({ id: z.string() }));
const roleListSchema = z.array(z.looseObject({ id: z.string(), name: z.string() }));

/** People of a realm, as the operator makes them; institutions that federate their directory need none of it. */
export class UserProvisioner {
  readonly #admin: KeycloakAdminClient;

  constructor(admin: KeycloakAdminClient) {
    this.#admin = admin;
  }

  /** @returns Keycloak's subject, whether the person is new (and has the password given), and whether anything had to be done. */
  async ensure(realm: string, person: NewPerson): Promise<{ subject: string; created: boolean; changed: boolean }> {
    const path = `/realms/${encodeURIComponent(realm)}`;
    const existing = await this.#find(path, person.username);
    if (existing === undefined) await this.#create(path, person);
    const subject = existing ?? (await this.#find(path, person.username));
    if (subject === undefined) throw new Error(`Keycloak did not keep the user ${person.username}`);
    const granted = await this.#grant(path, subject, person.roles);
    const created = existing === undefined;
    return { subject, created, changed: created || granted };
  }

  async #create(path: string, person: NewPerson): Promise<void> {
    await this.#admin.send('POST', `${path}/users`, newUser(person)).catch((cause: unknown) => {
      if (!(cause instanceof KeycloakAdminError) || cause.status !== 400) throw cause;
      // Keycloak's own words would repeat the input; these are the two rules that people break.
      const rules = `passwords have ${MIN_PASSWORD_LENGTH} characters or more and aren't the user name`;
      throw new Error(`Keycloak refused the user ${person.username}: ${rules}; addresses are e-mail addresses`, {
        cause,
      });
    });
  }

  async #find(path: string, username: string): Promise<string | undefined> {
    const query = new URLSearchParams({ username, exact: 'true' });
    const [user] = await this.#admin.get(`${path}/users?${query}`, usersSchema);
    return user?.id;
  }

  /** Roles that are there and not wanted stay: an administrator gave them. */
  async #grant(path: string, subject: string, wanted: readonly Role[]): Promise<boolean> {
    const mappings = `${path}/users/${subject}/role-mappings/realm`;
    const held = new Set((await this.#admin.get(mappings, roleListSchema)).map((role) => role.name));
    const missing = new Set<string>(wanted.filter((role) => !held.has(role)));
    if (missing.size === 0) return false;
    const all = await this.#admin.get(`${path}/roles`, roleListSchema);
    await this.#admin.send(
      'POST',
      mappings,
      all.filter((role) => missing.has(role.name)),
    );
    return true;
  }
}

function newUser(person: NewPerson) {
  const [firstName = person.name, ...rest] = person.name.split(' ');
  return {
    username: person.username,
    enabled: true,
    email: person.email,
    emailVerified: true,
    firstName,
    lastName: rest.join(' ') || firstName,
    credentials: [{ type: 'password', value: person.password, temporary: false }],
  };
}
