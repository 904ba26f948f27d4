/*
 * keycloak-connect types only its Express middleware. We use its grant manager alone, because the middleware answers 403
 * where 401 is due and knows a single realm; so the part that we call is declared here.
 */
declare module 'keycloak-connect/middleware/auth-utils/config.js' {
  interface RealmOptions {
    realm: string;
    resource: string;
    'auth-server-url': string;
    'bearer-only': boolean;
    'verify-token-audience': boolean;
  }
  class Config {
    constructor(options: RealmOptions);
  }
  export default Config;
}

declare module 'keycloak-connect/middleware/auth-utils/grant-manager.js' {
  import type Config from 'keycloak-connect/middleware/auth-utils/config.js';

  /** A token that the grant manager has verified. `content` is whatever JSON the token carried. */
  interface VerifiedToken {
    token: string;
    content: Record<string, unknown>;
  }
  interface Grant {
    access_token?: VerifiedToken;
    id_token?: VerifiedToken;
  }
  /** Finds the PEM of a signing key; keycloak-connect's own can be replaced by anything of this shape. */
  interface KeySource {
    getJWK(kid: string): Promise<string>;
  }
  class GrantManager {
    constructor(config: Config);
    rotation: KeySource;
    /** Rejects unless every token in it is signed, of the right type, unexpired and from this realm. */
    createGrant(raw: { access_token?: string; id_token?: string }): Promise<Grant>;
  }
  export default GrantManager;
  export type { Grant, KeySource, VerifiedToken };
}
