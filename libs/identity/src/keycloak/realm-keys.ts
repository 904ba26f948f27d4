import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** One key of a realm's key set (RFC 7517), as Keycloak publishes it. */
export interface RealmKey extends JsonWebKey {
  kid: string;
  alg?: string;
  use?: string;
}

export interface RealmKeysOptions {
  /** Fetches the realm's current key set; rejects when Keycloak can't be reached. */
  fetchKeys: () => Promise<readonly RealmKey[]>;
  /** Least time between two fetches in milliseconds. Default 1,000. */
  minIntervalMs?: number;
  /** Age in milliseconds after which a known key is looked up afresh, so that a withdrawn one dies. Default 300,000. */
  maxAgeMs?: number;
  now?: () => number;
}

/** The realm doesn't have the key that a token names. */
export class UnknownKeyError extends Error {
  constructor() {
    super('the realm has no such signing key');
  }
}

/**
 * The signing keys of one realm, in the shape keycloak-connect expects of its `rotation`.
 *
 * keycloak-connect's own refuses any unknown key id for ten seconds after a fetch, so one forged id per ten seconds locks
 * out everyone whose token was signed after a rotation. Here an unknown id *waits* for the next fetch that the interval
 * allows, together with everyone else who waits: forged ids cost at most one fetch per interval whatever their number, and an
 * honest token is late by at most one interval.
 */
export class RealmKeys {
  readonly #fetchKeys: () => Promise<readonly RealmKey[]>;
  readonly #minIntervalMs: number;
  readonly #maxAgeMs: number;
  readonly #now: () => number;
  #pems = new Map<string, string>();
  #startedAt = Number.NEGATIVE_INFINITY;
  #loadedAt = Number.NEGATIVE_INFINITY;
  #queued: Promise<void> | undefined;
  #running: Promise<void> | undefined;

  constructor(options: RealmKeysOptions) {
    this.#fetchKeys = options.fetchKeys;
    this.#minIntervalMs = options.minIntervalMs ?? 1_000;
    this.#maxAgeMs = options.maxAgeMs ?? 300_000;
    this.#now = options.now ?? Date.now;
  }

  /**
   * The key as PEM (SPKI).
   * @throws UnknownKeyError when the realm, asked just now, doesn't know it.
   */
  async getJWK(kid: string): Promise<string> {
    const known = this.#pems.get(kid);
    if (known !== undefined && this.#isFresh()) return known;
    // A fetch under way may bring the key or may just have missed it; only one that starts later can tell.
    await this.#running?.catch(() => undefined);
    if (!this.#isFresh() || !this.#pems.has(kid)) {
      try {
        await this.#refresh();
      } catch (error) {
        // Keycloak is away: a key that was good a moment ago stays good, so that its restart signs nobody out.
        if (known !== undefined) return known;
        throw error;
      }
    }
    const pem = this.#pems.get(kid);
    if (pem === undefined) throw new UnknownKeyError();
    return pem;
  }

  #isFresh(): boolean {
    return this.#now() - this.#loadedAt <= this.#maxAgeMs;
  }

  /** Joins the fetch that waits for its turn, or queues one. */
  #refresh(): Promise<void> {
    this.#queued ??= this.#load();
    return this.#queued;
  }

  async #load(): Promise<void> {
    await sleep(Math.max(0, this.#startedAt + this.#minIntervalMs - this.#now()));
    this.#startedAt = this.#now();
    this.#queued = undefined;
    this.#running = this.#fetch();
    try {
      await this.#running;
    } finally {
      this.#running = undefined;
    }
  }

  async #fetch(): Promise<void> {
    const keys = await this.#fetchKeys();
    this.#pems = new Map(keys.filter(isSigningKey).map((key) => [key.kid, toPem(key)]));
    this.#loadedAt = this.#now();
  }
}

/** RS256 only: a realm also publishes its encryption key, and nothing else may ever verify a signature. */
function isSigningKey(key: RealmKey): boolean {
  return key.kty === 'RSA' && key.use === 'sig' && key.alg === 'RS256';
}

function toPem(key: RealmKey): string {
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
}
