import { timingSafeEqual } from 'node:crypto';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { People } from '@lyceum/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { GrantRefusedError, InvalidTokenError, KeycloakUnavailableError } from '../keycloak/errors.js';
import { toPersonClaims } from '../keycloak/person-claims.js';
import { Realms } from '../keycloak/realm.js';
import { hashSecret, type SessionCookie } from '../sessions/cookies.js';
import { challengeOf, newAttempt, openAttempt, sealAttempt, type LoginAttempt } from '../sessions/login-attempt.js';
import { safeReturnTo } from '../sessions/return-to.js';
import { Sealers } from '../sessions/sealers.js';
import { WebSessions } from '../sessions/web-sessions.js';
import { publicOrigin } from './public-origin.js';
import { SignInFailed } from './sign-in-failed.js';

export interface Begun {
  /** Keycloak's page. */
  url: string;
  state: string;
  /** Value of the attempt's cookie. */
  sealed: string;
}

/** What Keycloak sent the browser back with. */
export interface Callback {
  state: string;
  code?: string | undefined;
  error?: string | undefined;
  iss?: string | undefined;
}

/** Signing in: authorisation code with PKCE, state and nonce (RFC 9700, section 2.1). */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly realms: Realms,
    private readonly people: People,
    private readonly sessions: WebSessions,
    private readonly sealers: Sealers,
    @Inject(publicOrigin) private readonly origin: string,
  ) {}

  begin(ctx: RequestContext, returnTo: string | undefined): Begun {
    const { tenant } = ctx;
    const attempt = newAttempt(tenant.id, safeReturnTo(tenant.slug, returnTo), Date.now());
    const url = this.realms.of(tenant.realm).endpoints.authorizationUrl({
      redirectUri: this.#redirectUri(tenant.slug),
      state: attempt.state,
      nonce: attempt.nonce,
      challenge: challengeOf(attempt),
      ...(ctx.locale === '*' ? {} : { locale: ctx.locale }),
    });
    return { url, state: attempt.state, sealed: sealAttempt(this.sealers.login, attempt) };
  }

  /**
   * Ends the way through Keycloak: verifies that this browser began it, fetches and verifies the tokens, writes down the
   * person and starts the session. A session of the same browser is replaced. `ctx` is outside of a transaction.
   * @throws SignInFailed
   */
  async complete(
    ctx: RequestContext,
    callback: Callback,
    cookies: { attempt: string | undefined; session: SessionCookie | undefined },
  ): Promise<{ session: SessionCookie; returnTo: string }> {
    const { tenant } = ctx;
    const expected = { state: callback.state, tenantId: tenant.id, nowMs: Date.now() };
    const attempt = openAttempt(this.sealers.login, cookies.attempt, expected);
    if (!attempt) throw new SignInFailed('expired');
    if (callback.error !== undefined || callback.code === undefined)
      throw new SignInFailed('refused', attempt.returnTo);
    // RFC 9207: an answer of another authorisation server must not be mixed into this sign-in.
    const issuer = this.realms.issuerOf(tenant.realm);
    if (callback.iss !== undefined && callback.iss !== issuer) throw new SignInFailed('refused', attempt.returnTo);
    const { tokens, access } = await this.#tokens(ctx, attempt, callback.code);
    const claims = toPersonClaims(access);
    const session = await this.database.transaction(ctx, 'write', async (tx) => {
      const person = await this.people.ensure(tx, claims, true);
      const { roles } = claims;
      const signedIn = tx.withActor({ kind: 'person', personId: person.id, roles });
      if (cookies.session?.tenantId === tenant.id) await this.#replace(signedIn, cookies.session.secret);
      return this.sessions.start(signedIn, { personId: person.id, roles, keycloakSession: access.sid, tokens });
    });
    return { session, returnTo: attempt.returnTo };
  }

  async #tokens(ctx: RequestContext, attempt: LoginAttempt, code: string) {
    const { endpoints, verifier } = this.realms.of(ctx.tenant.realm);
    const redirectUri = this.#redirectUri(ctx.tenant.slug);
    try {
      const tokens = await endpoints.exchangeCode({ code, verifier: attempt.verifier, redirectUri });
      const { access, id } = await verifier.verifyPair(tokens);
      if (!sameText(id.nonce, attempt.nonce)) throw new InvalidTokenError('the nonce is not the one we sent');
      return { tokens, access };
    } catch (error) {
      const reason = failureOf(error);
      if (reason === undefined) throw error;
      ctx.log.warn({ err: error, reason }, 'a sign-in failed');
      throw new SignInFailed(reason, attempt.returnTo, error);
    }
  }

  async #replace(ctx: RequestContext, secret: string): Promise<void> {
    const old = await this.sessions.find(ctx, secret);
    if (old) await this.sessions.end(ctx, old.id, 'replaced');
  }

  #redirectUri(slug: string): string {
    return `${this.origin}/t/${slug}/auth/callback`;
  }
}

function failureOf(error: unknown): SignInFailed['reason'] | undefined {
  if (error instanceof KeycloakUnavailableError) return 'unavailable';
  if (error instanceof GrantRefusedError || error instanceof InvalidTokenError) return 'refused';
  return undefined;
}

/** Compared as hashes, which have one length. */
const sameText = (a: string | undefined, b: string): boolean =>
  a !== undefined && timingSafeEqual(hashSecret(a), hashSecret(b));
