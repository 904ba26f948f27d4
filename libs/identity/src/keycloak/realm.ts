import { deriveClientSecret } from './client-secret.js';
import { RealmEndpoints } from './realm-endpoints.js';
import { RealmKeys } from './realm-keys.js';
import { RealmVerifier } from './realm-verifier.js';
import { unverifiedIssuer } from './token-header.js';

export interface KeycloakAddress {
  publicUrl: string;
  internalUrl: string;
  clientId: string;
  /** Key from which every realm's client secret is derived. */
  clientSecretKey: Buffer;
}

/** One registered realm: its verifier and its endpoints. */
export interface Realm {
  verifier: RealmVerifier;
  endpoints: RealmEndpoints;
}

/** The realms of the tenants that this process has served, each with its own keys and its own verifier. */
export class Realms {
  readonly #address: KeycloakAddress;
  readonly #realms = new Map<string, Realm>();

  constructor(address: KeycloakAddress) {
    this.#address = address;
  }

  /** @param name a tenant's realm; callers take it from the tenant row, so the map can't grow by guessing. */
  of(name: string): Realm {
    let realm = this.#realms.get(name);
    if (realm === undefined) {
      realm = this.#register(name);
      this.#realms.set(name, realm);
    }
    return realm;
  }

  /** What `iss` says in a realm's tokens. */
  issuerOf(realm: string): string {
    return `${this.#address.publicUrl}/realms/${realm}`;
  }

  /** The realm that a token says it is from, without believing it; undefined when it says none of this Keycloak. */
  realmOf(token: string): string | undefined {
    const issuer = unverifiedIssuer(token);
    const prefix = this.issuerOf('');
    return issuer?.startsWith(prefix) === true ? issuer.slice(prefix.length) : undefined;
  }

  #register(name: string): Realm {
    const { publicUrl, internalUrl, clientId, clientSecretKey } = this.#address;
    const clientSecret = deriveClientSecret(clientSecretKey, name);
    const endpoints = new RealmEndpoints({ realm: name, clientId, clientSecret, publicUrl, internalUrl });
    const keys = new RealmKeys({ fetchKeys: () => endpoints.fetchKeys() });
    return { endpoints, verifier: new RealmVerifier({ realm: name, clientId, publicUrl, keys }) };
  }
}
