import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { GrantRefusedError, KeycloakUnavailableError } from '../keycloak/errors.js';
import { Realms } from '../keycloak/realm.js';
import type { SessionCookie } from '../sessions/cookies.js';
import { Sealers } from '../sessions/sealers.js';
import { openTokens, type StoredTokens } from '../sessions/session-tokens.js';
import { WebSessions } from '../sessions/web-sessions.js';
import { publicOrigin } from './public-origin.js';

/** Signing out here and at Keycloak. */
@Injectable()
export class SignOut {
  constructor(
    private readonly database: Database,
    private readonly realms: Realms,
    private readonly sessions: WebSessions,
    private readonly sealers: Sealers,
    @Inject(publicOrigin) private readonly origin: string,
  ) {}

  /**
   * Ends the session of a cookie; without one there is nothing to do. `ctx` is outside of a transaction.
   * @returns where the browser goes next: through Keycloak, so that its cookie goes as well.
   */
  async run(ctx: RequestContext, cookie: SessionCookie | undefined): Promise<string> {
    const home = `${this.origin}/t/${ctx.tenant.slug}/`;
    if (cookie?.tenantId !== ctx.tenant.id) return home;
    const tokens = await this.database.transaction(ctx, 'write', async (tx) => {
      const session = await this.sessions.find(tx, cookie.secret);
      if (!session) return undefined;
      await this.sessions.end(tx, session.id, 'logout');
      return openTokens(this.sealers.tokens, session.sealedTokens, session.id);
    });
    if (tokens === undefined) return home;
    await this.#endAtKeycloak(ctx, tokens);
    return this.realms.of(ctx.tenant.realm).endpoints.logoutUrl({ idToken: tokens.id, returnTo: home });
  }

  /** From here as well: a browser that is closed before it gets to Keycloak would stay signed in there. */
  async #endAtKeycloak(ctx: RequestContext, tokens: StoredTokens): Promise<void> {
    try {
      await this.realms.of(ctx.tenant.realm).endpoints.endSession(tokens.refresh);
    } catch (error) {
      // Refused: it was over already. Unavailable: our own session has ended all the same.
      if (!(error instanceof GrantRefusedError || error instanceof KeycloakUnavailableError)) throw error;
      ctx.log.info({ reason: error.message }, 'Keycloak did not end a session');
    }
  }
}
