import type { Me } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { TenantDirectory } from '@lyceum/platform/database';
import { commonError, notFound } from '@lyceum/platform/errors';
import { People } from '@lyceum/tenancy';
import { Injectable } from '@nestjs/common';
import { permissionsOf } from '../access/role-permissions.js';
import { WebSessionEntity } from '../sessions/web-session.entity.js';

/** The signed-in person about themselves. */
@Injectable()
export class WhoAmI {
  constructor(
    private readonly people: People,
    private readonly tenants: TenantDirectory,
  ) {}

  async of(ctx: RequestContext): Promise<Me> {
    const { actor } = ctx;
    if (actor.kind !== 'person') throw commonError('AUTH.REQUIRED');
    const tenant = await this.tenants.byId(ctx.tenant.id);
    if (!tenant) throw notFound('tenant');
    const { id, displayName, username, email } = await this.people.require(ctx, actor.personId);
    return {
      person: { id, displayName, username, email },
      roles: [...actor.roles],
      permissions: [...permissionsOf(actor.roles)].sort(),
      tenant: { slug: tenant.slug, name: tenant.name, accent: tenant.accent },
      sessionExpiresAt: await this.#expiry(ctx, actor.sessionId),
    };
  }

  async #expiry(ctx: RequestContext, sessionId: string | undefined): Promise<string | null> {
    if (sessionId === undefined) return null;
    const session = await ctx.manager.findOneBy(WebSessionEntity, { tenantId: ctx.tenant.id, id: sessionId });
    return session?.expiresAt.toISOString() ?? null;
  }
}
