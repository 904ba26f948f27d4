import { z } from 'zod';
import type { KeycloakAdminClient } from './admin-client.js';
import { agrees, clientSettings, newRealm, realmSettings, type RealmPlan } from './realm-representation.js';

const representation = z.record(z.string(), z.unknown());
const clientsSchema = z.array(z.looseObject({ id: z.string() }));

/** Brings a realm to how ours are set; says whether it had to do anything. */
export class RealmProvisioner {
  readonly #admin: KeycloakAdminClient;

  constructor(admin: KeycloakAdminClient) {
    this.#admin = admin;
  }

  async ensure(plan: RealmPlan): Promise<{ changed: boolean }> {
    const path = `/realms/${encodeURIComponent(plan.realm)}`;
    const actual = await this.#admin.find(path, representation);
    if (!actual) {
      await this.#admin.send('POST', '/realms', newRealm(plan));
      return { changed: true };
    }
    const settings = await this.#converge(path, actual, realmSettings(plan));
    const client = await this.#ensureClient(path, plan);
    return { changed: settings || client };
  }

  async #ensureClient(path: string, plan: RealmPlan): Promise<boolean> {
    const clients = await this.#admin.get(
      `${path}/clients?${new URLSearchParams({ clientId: plan.clientId })}`,
      clientsSchema,
    );
    const [client] = clients;
    // Realms are imported whole, so one without our client was tampered with: better to stop than to guess.
    if (!client) throw new Error(`the realm ${plan.realm} is there, but has no client ${plan.clientId}`);
    return this.#converge(`${path}/clients/${client.id}`, client, clientSettings(plan));
  }

  /** Only what is ours is written, and only when it differs: administrators may set what we have no opinion on. */
  async #converge(path: string, actual: Record<string, unknown>, wanted: Record<string, unknown>): Promise<boolean> {
    if (agrees(actual, wanted)) return false;
    await this.#admin.send('PUT', path, merge(actual, wanted));
    return true;
  }
}

/** `attributes` is the one map in it that must keep what is there. */
function merge(actual: Record<string, unknown>, wanted: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...actual, ...wanted };
  const [mine, theirs] = [wanted.attributes, actual.attributes];
  if (typeof mine === 'object' && typeof theirs === 'object') merged.attributes = { ...theirs, ...mine };
  return merged;
}
