import type { PersonClaims } from '@lyceum/tenancy';

/** People that a process remembers; the busiest hour of a campus has fewer on one api. */
const CAPACITY = 10_000;
/** Milliseconds after which the directory hears of a person again, so that it knows when they were last seen. */
const MAX_AGE_MS = 300_000;

/** Who asked just now, so that a program's every request doesn't write to the directory. */
export class RecentPeople {
  readonly #entries = new Map<string, { personId: string; at: number }>();

  find(tenantId: string, claims: PersonClaims): string | undefined {
    const entry = this.#entries.get(keyOf(tenantId, claims));
    return entry && performance.now() - entry.at < MAX_AGE_MS ? entry.personId : undefined;
  }

  keep(tenantId: string, claims: PersonClaims, personId: string): void {
    const key = keyOf(tenantId, claims);
    this.#entries.delete(key);
    this.#entries.set(key, { personId, at: performance.now() });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > CAPACITY && oldest !== undefined) this.#entries.delete(oldest);
  }
}

/** Everything we'd write down is in the key, so a new name or role is written at once. */
const keyOf = (tenantId: string, claims: PersonClaims): string => JSON.stringify([tenantId, claims]);
