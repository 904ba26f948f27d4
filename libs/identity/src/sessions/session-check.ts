import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { People } from '@lyceum/tenancy';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { GrantRefusedError, InvalidTokenError, KeycloakUnavailableError } from '../keycloak/errors.js';
import { Realms } from '../keycloak/realm.js';
import { toPersonClaims } from '../keycloak/person-claims.js';
import { Sealers } from './sealers.js';
import { openTokens, sealTokens } from './session-tokens.js';
import { WebSessionEntity, type SessionEnd } from './web-session.entity.js';
import { WebSessions } from './web-sessions.js';

/** Seconds for which Keycloak's word holds. With this much delay a revoked person or role is noticed while in use. */
const CHECK_SECONDS = 60;
/** Seconds after which a request waits for the answer: whoever comes back after a break may have been signed out. */
const WAIT_SECONDS = 300;

/** Asks Keycloak now and then, by using the refresh token, whether a session still stands and with which roles. */
@Injectable()
export class SessionCheck implements OnApplicationShutdown {
  readonly #running = new Set<Promise<unknown>>();

  constructor(
    private readonly database: Database,
    private readonly realms: Realms,
    private readonly sessions: WebSessions,
    private readonly people: People,
    private readonly sealers: Sealers,
  ) {}

  /**
   * Checks the session when it is due: in the background while Keycloak's last word is fresh, else before it returns.
   * `ctx` is outside of a transaction.
   * @returns the session as it is to be used, or null when it is over.
   */
  async ensure(ctx: RequestContext, session: WebSessionEntity): Promise<WebSessionEntity | null> {
    const age = Date.now() - session.checkedAt.getTime();
    if (age < CHECK_SECONDS * 1_000) return session;
    const check = this.#check(ctx, session).catch((err: unknown) => {
      ctx.log.error({ err }, 'a session could not be checked');
      return session;
    });
    this.#running.add(check);
    void check.finally(() => this.#running.delete(check));
    return age < WAIT_SECONDS * 1_000 ? session : check;
  }

  /** Checks under way still store what they learned: a rotated refresh token would be lost otherwise. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  async #check(ctx: RequestContext, session: WebSessionEntity): Promise<WebSessionEntity | null> {
    if (!(await this.#claim(ctx, session.id))) return session;
    const tokens = openTokens(this.sealers.tokens, session.sealedTokens, session.id);
    if (tokens === undefined) return this.#end(ctx, session, 'expired');
    const { endpoints, verifier } = this.realms.of(ctx.tenant.realm);
    try {
      const fresh = await endpoints.refresh(tokens.refresh);
      const { access } = await verifier.verifyPair(fresh);
      const claims = toPersonClaims(access);
      await this.database.transaction(ctx, 'write', async (tx) => {
        await this.people.ensure(tx, claims, true);
        await tx.manager.update(
          WebSessionEntity,
          { tenantId: ctx.tenant.id, id: session.id },
          { roles: [...claims.roles], sealedTokens: sealTokens(this.sealers.tokens, fresh, session.id) },
        );
      });
      return { ...session, roles: [...claims.roles] };
    } catch (error) {
      if (error instanceof GrantRefusedError) return this.#end(ctx, session, 'refused');
      if (!(error instanceof KeycloakUnavailableError || error instanceof InvalidTokenError)) throw error;
      // Keycloak may be restarting: nobody is signed out for that, and the next check is a minute away.
      ctx.log.warn({ session: session.id, reason: error.message }, 'Keycloak could not be asked about a session');
      return session;
    }
  }

  /** One process asks at a time, and not more often than needed however many requests come in. */
  async #claim(ctx: RequestContext, sessionId: string): Promise<boolean> {
    return this.database.transaction(ctx, 'write', async (tx) => {
      const result = await tx.manager
        .createQueryBuilder()
        .update(WebSessionEntity)
        .set({ checkedAt: () => 'now()', lastSeenAt: () => 'now()' })
        .where('tenant_id = :tenantId and id = :sessionId and ended_at is null', { tenantId: ctx.tenant.id, sessionId })
        .andWhere('checked_at < now() - make_interval(secs => :seconds)', { seconds: CHECK_SECONDS })
        .execute();
      return (result.affected ?? 0) > 0;
    });
  }

  async #end(ctx: RequestContext, session: WebSessionEntity, reason: SessionEnd): Promise<null> {
    await this.database.transaction(ctx, 'write', (tx) => this.sessions.end(tx, session.id, reason));
    return null;
  }
}
