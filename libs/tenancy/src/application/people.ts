import { randomUUID } from 'node:crypto';
import type { DirectoryPage, PeopleQuery, PersonSummary, Role } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { notFound } from '@lyceum/platform/errors';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { PersonEntity } from '../persistence/person.entity.js';
import { toDirectoryPage } from '../persistence/person.mapper.js';
import { selectDirectoryPage } from '../persistence/person.queries.js';

/** What Keycloak says of a person. */
export interface PersonClaims {
  subject: string;
  username: string;
  displayName: string;
  email: string | null;
  roles: readonly Role[];
}

export interface Person {
  id: string;
  displayName: string;
  username: string;
  email: string | null;
}

/** The people of an institution. Every method runs in the transaction of its context. */
@Injectable()
export class People {
  /**
   * Writes down what Keycloak says and returns the person, new or known: so nobody has to be created here before the
   * first sign-in. Needs a write transaction; two sign-ins at once end in one row.
   * @param seen whether the person is here now, as opposed to being provisioned.
   */
  async ensure(ctx: RequestContext, claims: PersonClaims, seen: boolean): Promise<Person> {
    await ctx.manager
      .createQueryBuilder()
      .insert()
      .into(PersonEntity)
      .values({
        tenantId: ctx.tenant.id,
        id: randomUUID(),
        region: ctx.tenant.region,
        ...claims,
        roles: [...claims.roles],
        lastSeenAt: seen ? () => 'now()' : null,
      })
      .orUpdate(
        ['username', 'display_name', 'email', 'roles', ...(seen ? ['last_seen_at'] : [])],
        ['tenant_id', 'subject'],
      )
      .updateEntity(false)
      .execute();
    return this.#one(ctx, { subject: claims.subject });
  }

  /** @throws 404 for someone of another institution as for nobody. */
  async require(ctx: RequestContext, id: string): Promise<Person> {
    return this.#one(ctx, { id });
  }

  /** The person behind a Keycloak subject, or null before their first sign-in. */
  async bySubject(ctx: RequestContext, subject: string): Promise<Person | null> {
    const row = await ctx.manager.findOneBy(PersonEntity, { tenantId: ctx.tenant.id, subject });
    return row && toPerson(row);
  }

  /** Names by id, for lists that hold ids only; ids nobody has are left out. */
  async names(ctx: RequestContext, ids: Iterable<string>): Promise<Map<string, PersonSummary>> {
    const rows = await ctx.manager.find(PersonEntity, {
      select: { id: true, displayName: true },
      where: { tenantId: ctx.tenant.id, id: In([...new Set(ids)]) },
    });
    return new Map(rows.map(({ id, displayName }) => [id, { id, displayName }]));
  }

  /** The directory by name, a page at a time. */
  async directory(ctx: RequestContext, query: PeopleQuery): Promise<DirectoryPage> {
    return toDirectoryPage(await selectDirectoryPage(ctx.manager, query), query.limit);
  }

  async #one(ctx: RequestContext, by: { id: string } | { subject: string }): Promise<Person> {
    const row = await ctx.manager.findOneBy(PersonEntity, { tenantId: ctx.tenant.id, ...by });
    if (!row) throw notFound('person', 'id' in by ? by.id : undefined);
    return toPerson(row);
  }
}

const toPerson = ({ id, displayName, username, email }: PersonEntity): Person => ({ id, displayName, username, email });
