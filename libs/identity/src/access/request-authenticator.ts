import type { Actor, Tenant } from '@lyceum/platform/context';
import { RequestContext } from '@lyceum/platform/context';
import { Database, TenantDirectory } from '@lyceum/platform/database';
import { Authenticator, type Authentication } from '@lyceum/platform/http';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { readSessionCookie } from '../sessions/cookies.js';
import { SessionCheck } from '../sessions/session-check.js';
import { WebSessions } from '../sessions/web-sessions.js';
import { BearerTokens } from './bearer-tokens.js';

const anonymous = { kind: 'anonymous' } as const;
const foreign = { kind: 'foreign' } as const;

/** Finds out who asks: by an access token when there is an `Authorization` header, else by the session's cookie. */
@Injectable()
export class RequestAuthenticator extends Authenticator {
  constructor(
    private readonly database: Database,
    private readonly tenants: TenantDirectory,
    private readonly sessions: WebSessions,
    private readonly check: SessionCheck,
    private readonly bearer: BearerTokens,
  ) {
    super();
  }

  async authenticate(request: Request, tenant: Tenant): Promise<Authentication> {
    const { authorization } = request.headers;
    return authorization === undefined
      ? this.#byCookie(request.headers.cookie, tenant)
      : this.bearer.authenticate(authorization, tenant);
  }

  async #byCookie(header: string | undefined, tenant: Tenant): Promise<Authentication> {
    const cookie = readSessionCookie(header);
    if (cookie === undefined) return anonymous;
    const home = cookie.tenantId === tenant.id ? tenant : await this.tenants.byId(cookie.tenantId);
    const actor = home && (await this.#actorOf(home, cookie.secret));
    if (!actor) return anonymous;
    return home === tenant ? actor : foreign;
  }

  async #actorOf(tenant: Tenant, secret: string): Promise<Actor | null> {
    const ctx = RequestContext.system(tenant, 'identity');
    const found = await this.database.transaction(ctx, 'read', (tx) => this.sessions.find(tx, secret));
    const session = found && (await this.check.ensure(ctx, found));
    return session && { kind: 'person', personId: session.personId, sessionId: session.id, roles: session.roles };
  }
}
