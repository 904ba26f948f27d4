import { z } from 'zod';
import { GrantRefusedError, KeycloakUnavailableError } from './errors.js';
import type { RealmKey } from './realm-keys.js';

/** Keycloak answers in milliseconds; after this many it is taken for dead. */
const TIMEOUT_MS = 10_000;

const tokenAnswerSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  id_token: z.string(),
  /** Seconds until the refresh token dies; 0 for one without an end. */
  refresh_expires_in: z.number(),
});
export interface Tokens {
  access: string;
  refresh: string;
  id: string;
}

const keySetSchema = z.object({
  keys: z.array(
    z.looseObject({ kid: z.string(), kty: z.string(), alg: z.string().optional(), use: z.string().optional() }),
  ),
});

export interface RealmEndpointsOptions {
  realm: string;
  clientId: string;
  clientSecret: string;
  publicUrl: string;
  /** Keycloak's address on the host, such as `http://127.0.0.1:8453/kc`. */
  internalUrl: string;
}

/**
 * The OpenID Connect endpoints of one realm. The browser is sent to the public address; we call the internal one.
 *
 * keycloak-connect could exchange codes, too, but sends no PKCE verifier, has no timeout, and calls the address it
 * compares issuers with.
 */
export class RealmEndpoints {
  readonly #options: RealmEndpointsOptions;

  constructor(options: RealmEndpointsOptions) {
    this.#options = options;
  }

  /** Where the browser signs in (RFC 6749, section 4.1.1, with RFC 7636, section 4.3). */
  authorizationUrl(params: {
    redirectUri: string;
    state: string;
    nonce: string;
    challenge: string;
    locale?: string;
  }): string {
    return this.#publicUrl('auth', {
      client_id: this.#options.clientId,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: params.redirectUri,
      state: params.state,
      nonce: params.nonce,
      code_challenge: params.challenge,
      code_challenge_method: 'S256',
      ...(params.locale === undefined ? {} : { ui_locales: params.locale }),
    });
  }

  /** Where the browser goes to end Keycloak's session (OpenID Connect RP-Initiated Logout 1.0, section 2). */
  logoutUrl(params: { idToken: string; returnTo: string }): string {
    return this.#publicUrl('logout', {
      client_id: this.#options.clientId,
      id_token_hint: params.idToken,
      post_logout_redirect_uri: params.returnTo,
    });
  }

  /** Exchanges a code (RFC 6749, section 4.1.3; RFC 7636, section 4.5). The tokens are not verified yet. */
  exchangeCode(params: { code: string; verifier: string; redirectUri: string }): Promise<Tokens> {
    return this.#requestTokens({
      grant_type: 'authorization_code',
      code: params.code,
      code_verifier: params.verifier,
      redirect_uri: params.redirectUri,
    });
  }

  /** Fetches new tokens; also the way to learn that Keycloak's session is over. The tokens are not verified yet. */
  refresh(refreshToken: string): Promise<Tokens> {
    return this.#requestTokens({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  /** Ends Keycloak's session from here, for when no browser comes along. */
  async endSession(refreshToken: string): Promise<void> {
    await this.#post('logout', { refresh_token: refreshToken });
  }

  async fetchKeys(): Promise<readonly RealmKey[]> {
    const response = await call(this.#internalUrl('certs'), { method: 'GET' });
    if (!response.ok) throw new KeycloakUnavailableError(`the key set was answered with ${response.status}`);
    return keySetSchema.parse(await response.json()).keys;
  }

  async #requestTokens(form: Record<string, string>): Promise<Tokens> {
    const response = await this.#post('token', form);
    const answer = tokenAnswerSchema.safeParse(await response.json());
    if (!answer.success) throw new KeycloakUnavailableError('the token endpoint answered something unexpected');
    return { access: answer.data.access_token, refresh: answer.data.refresh_token, id: answer.data.id_token };
  }

  /** @throws GrantRefusedError on 400 (`invalid_grant` above all), KeycloakUnavailableError on everything else but success. */
  async #post(endpoint: string, form: Record<string, string>): Promise<Response> {
    const { clientId, clientSecret } = this.#options;
    const response = await call(this.#internalUrl(endpoint), {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams(form),
    });
    if (response.ok) return response;
    await response.body?.cancel();
    if (response.status === 400) throw new GrantRefusedError(`the ${endpoint} endpoint refused it`);
    throw new KeycloakUnavailableError(`the ${endpoint} endpoint answered ${response.status}`);
  }

  #publicUrl(endpoint: string, query: Record<string, string>): string {
    return `${realmPath(this.#options.publicUrl, this.#options.realm)}/${endpoint}?${new URLSearchParams(query)}`;
  }

  #internalUrl(endpoint: string): string {
    return `${realmPath(this.#options.internalUrl, this.#options.realm)}/${endpoint}`;
  }
}

const realmPath = (base: string, realm: string) =>
  `${base}/realms/${encodeURIComponent(realm)}/protocol/openid-connect`;

async function call(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw new KeycloakUnavailableError('Keycloak does not answer', { cause: error });
  }
}
