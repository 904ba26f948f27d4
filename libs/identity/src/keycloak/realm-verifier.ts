import Config from 'keycloak-connect/middleware/auth-utils/config.js';
import GrantManager, { type Grant, type KeySource } from 'keycloak-connect/middleware/auth-utils/grant-manager.js';
import { z } from 'zod';
import { InvalidTokenError, KeycloakUnavailableError } from './errors.js';
import { UnknownKeyError } from './realm-keys.js';
import { signingKeyOf } from './token-header.js';

/** What we read from an access token; everything else in it is Keycloak's business. */
const accessClaimsSchema = z.object({
  sub: z.string().min(1).max(255),
  /** Keycloak's session; missing for a client's own token. */
  sid: z.string().max(255).optional(),
  exp: z.number(),
  preferred_username: z.string().max(255).optional(),
  name: z.string().max(255).optional(),
  email: z.string().max(320).optional(),
  realm_access: z.object({ roles: z.array(z.string()) }).optional(),
});
export type AccessClaims = z.infer<typeof accessClaimsSchema>;

const idClaimsSchema = z.object({ sub: z.string(), nonce: z.string().optional() });
export type IdClaims = z.infer<typeof idClaimsSchema>;

export interface RealmVerifierOptions {
  realm: string;
  clientId: string;
  /** Keycloak's address as browsers know it, such as `https://localhost:8443/kc`; every issuer starts with it. */
  publicUrl: string;
  keys: KeySource;
  now?: () => number;
}

/** Verifies the tokens of one realm and no other, by keycloak-connect's grant manager. */
export class RealmVerifier {
  readonly #manager: GrantManager;
  readonly #now: () => number;

  constructor(options: RealmVerifierOptions) {
    this.#manager = new GrantManager(
      new Config({
        realm: options.realm,
        resource: options.clientId,
        // Only compared with `iss`: keys come through `rotation` from the internal address, so no CA is needed.
        'auth-server-url': options.publicUrl,
        // Bearer-only would leave ID tokens unverified.
        'bearer-only': false,
        'verify-token-audience': true,
      }),
    );
    this.#manager.rotation = options.keys;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Verifies an access token: RS256, signature, type, issuer, audience, validity.
   * @throws InvalidTokenError, or KeycloakUnavailableError when the realm's keys can't be had.
   */
  async verifyAccess(token: string): Promise<AccessClaims> {
    const grant = await this.#createGrant({ access_token: token });
    return parseClaims(accessClaimsSchema, grant.access_token?.content);
  }

  /**
   * Verifies the two tokens of one answer of the token endpoint, which must be about the same person. The refresh token
   * stays out of it: it is opaque to us, and the grant manager would try to use it by itself.
   * @throws InvalidTokenError, or KeycloakUnavailableError
   */
  async verifyPair(tokens: { access: string; id: string }): Promise<{ access: AccessClaims; id: IdClaims }> {
    const grant = await this.#createGrant({ access_token: tokens.access, id_token: tokens.id });
    const access = parseClaims(accessClaimsSchema, grant.access_token?.content);
    const id = parseClaims(idClaimsSchema, grant.id_token?.content);
    if (access.sub !== id.sub) throw new InvalidTokenError('the two tokens are about different people');
    return { access, id };
  }

  async #createGrant(raw: { access_token: string; id_token?: string }): Promise<Grant> {
    const now = this.#now();
    const kids = new Set(Object.values(raw).map((token) => signingKeyOf(token, now)));
    for (const kid of kids) await this.#loadKey(kid);
    return this.#manager.createGrant(raw).catch((error: unknown) => {
      throw new InvalidTokenError(error instanceof Error ? error.message : 'refused');
    });
  }

  /** The grant manager flattens every error to text, so an outage is told from a forgery before it is asked. */
  async #loadKey(kid: string): Promise<void> {
    try {
      await this.#manager.rotation.getJWK(kid);
    } catch (error) {
      if (error instanceof UnknownKeyError) throw new InvalidTokenError(error.message);
      throw new KeycloakUnavailableError("the realm's keys can't be fetched", { cause: error });
    }
  }
}

function parseClaims<T>(schema: z.ZodType<T>, content: unknown): T {
  const claims = schema.safeParse(content);
  if (!claims.success) throw new InvalidTokenError('lacks a claim or has it in the wrong form');
  return claims.data;
}
