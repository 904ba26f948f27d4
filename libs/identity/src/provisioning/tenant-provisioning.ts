import { RequestContext, type Tenant } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { TenantKeys } from '@lyceum/platform/keys';
import { Institutions, People } from '@lyceum/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { publicOrigin } from '../application/public-origin.js';
import { deriveClientSecret } from '../keycloak/client-secret.js';
import { RealmProvisioner } from './realm-provisioner.js';
import { UserProvisioner, type NewPerson } from './user-provisioner.js';

/** The client that the processes use, and the key from which its secret in each realm is derived. */
export interface ClientIdentity {
  clientId: string;
  clientSecretKey: Buffer;
}
export const clientIdentity = Symbol('lyceum:client-identity');

export interface NewTenant {
  slug: string;
  name: string;
  region: string;
  /** `#rrggbb`, or null for the portal's own accent. */
  accent: string | null;
  people: readonly NewPerson[];
}

export interface ProvisionedTenant {
  tenant: Tenant;
  /** Ids of the people by user name. */
  personIds: ReadonlyMap<string, string>;
  /** User names of those who were not there before: only they have the passwords given. */
  newPeople: ReadonlySet<string>;
  changed: boolean;
}

/** `master` is Keycloak's own; the rest would shadow parts of the public address if tenants ever moved to its root. */
const reservedSlugs = new Set(['master', 'api', 'assets', 'auth', 'kc', 'rt']);

/**
 * Makes an institution: its row, its tenant key, its realm, its people. Every step finds what an earlier run left, so that a
 * run that was killed is continued by the next.
 */
@Injectable()
export class TenantProvisioning {
  constructor(
    private readonly institutions: Institutions,
    private readonly keys: TenantKeys,
    private readonly realms: RealmProvisioner,
    private readonly users: UserProvisioner,
    private readonly people: People,
    private readonly database: Database,
    @Inject(publicOrigin) private readonly origin: string,
    @Inject(clientIdentity) private readonly client: ClientIdentity,
  ) {}

  /** @throws Error with a sentence for the operator. */
  async create(input: NewTenant): Promise<ProvisionedTenant> {
    if (reservedSlugs.has(input.slug)) throw new Error(`"${input.slug}" can't be the address of an institution`);
    const { tenant, created } = await this.institutions.ensure(input);
    const ctx = RequestContext.system(tenant, 'operator');
    await this.keys.ensure(ctx);
    const realm = await this.#ensureRealm(tenant, tenant.accent);
    const { changed, ...people } = await this.#ensurePeople(ctx, input.people);
    return { tenant, ...people, changed: created || realm.changed || changed };
  }

  async #ensureRealm(tenant: Tenant, accent: string | null): Promise<{ changed: boolean }> {
    const { clientId, clientSecretKey } = this.client;
    return this.realms.ensure({
      realm: tenant.realm,
      displayName: tenant.name,
      origin: this.origin,
      slug: tenant.slug,
      accent,
      clientId,
      clientSecret: deriveClientSecret(clientSecretKey, tenant.realm),
    });
  }

  /** They are written down here as well, so that they can be enrolled before their first sign-in. */
  async #ensurePeople(ctx: RequestContext, people: readonly NewPerson[]) {
    const personIds = new Map<string, string>();
    const newPeople = new Set<string>();
    let changed = false;
    for (const person of people) {
      const user = await this.users.ensure(ctx.tenant.realm, person);
      const { username, name: displayName, email, roles } = person;
      const claims = { subject: user.subject, username, displayName, email, roles };
      const { id } = await this.database.transaction(ctx, 'write', async (tx) => {
        return (await this.people.bySubject(tx, user.subject)) ?? (await this.people.ensure(tx, claims, false));
      });
      personIds.set(username, id);
      if (user.created) newPeople.add(username);
      changed ||= user.changed;
    }
    return { personIds, newPeople, changed };
  }
}
