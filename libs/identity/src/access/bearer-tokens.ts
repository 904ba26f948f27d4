import type { Role } from '@lyceum/contracts';
import type { Tenant } from '@lyceum/platform/context';
import { RequestContext } from '@lyceum/platform/context';
import { Database, TenantDirectory } from '@lyceum/platform/database';
import { commonError } from '@lyceum/platform/errors';
import type { Authentication } from '@lyceum/platform/http';
import { People, type PersonClaims } from '@lyceum/tenancy';
import { Injectable } from '@nestjs/common';
import { InvalidTokenError, KeycloakUnavailableError } from '../keycloak/errors.js';
import { toPersonClaims } from '../keycloak/person-claims.js';
import { Realms } from '../keycloak/realm.js';
import { RecentPeople } from './recent-people.js';

const anonymous = { kind: 'anonymous' } as const;
const foreign = { kind: 'foreign' } as const;

/** Access tokens in the `Authorization` header (RFC 6750). Good until they expire: five minutes, as our realms are set. */
@Injectable()
export class BearerTokens {
  readonly #recent = new RecentPeople();

  constructor(
    private readonly database: Database,
    private readonly tenants: TenantDirectory,
    private readonly realms: Realms,
    private readonly people: People,
  ) {}

  async authenticate(header: string, tenant: Tenant): Promise<Authentication> {
    const token = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header)?.[1];
    if (token === undefined) return anonymous;
    const claims = await this.#verify(token, tenant);
    if (claims !== null) return this.#actorOf(tenant, claims);
    return (await this.#isForeign(token, tenant)) ? foreign : anonymous;
  }

  async #verify(token: string, tenant: Tenant): Promise<PersonClaims | null> {
    try {
      return toPersonClaims(await this.realms.of(tenant.realm).verifier.verifyAccess(token));
    } catch (error) {
      if (error instanceof InvalidTokenError) return null;
      if (error instanceof KeycloakUnavailableError) throw commonError('SERVICE.UNAVAILABLE', { cause: error });
      throw error;
    }
  }

  /** Only the realm that the token itself claims is asked: a made-up token costs one look at most. */
  async #isForeign(token: string, tenant: Tenant): Promise<boolean> {
    const realm = this.realms.realmOf(token);
    const other = (await this.tenants.list()).find((each) => each.realm === realm && each.id !== tenant.id);
    return other !== undefined && (await this.#verify(token, other)) !== null;
  }

  async #actorOf(tenant: Tenant, claims: PersonClaims): Promise<Authentication> {
    const roles: readonly Role[] = claims.roles;
    const personId = this.#recent.find(tenant.id, claims) ?? (await this.#ensure(tenant, claims));
    return { kind: 'person', personId, roles };
  }

  async #ensure(tenant: Tenant, claims: PersonClaims): Promise<string> {
    const ctx = RequestContext.system(tenant, 'identity');
    const { id } = await this.database.transaction(ctx, 'write', (tx) => this.people.ensure(tx, claims, true));
    this.#recent.keep(tenant.id, claims, id);
    return id;
  }
}
