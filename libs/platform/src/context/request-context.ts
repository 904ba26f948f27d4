import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { processLogger, type Logger } from '../telemetry/index.js';
import { actorIds, type Actor } from './actor.js';

/** An institution. `id` is the key of row level security, `slug` its part of the address, `realm` its Keycloak realm. */
export interface Tenant {
  id: string;
  slug: string;
  name: string;
  realm: string;
  region: string;
}

/** The transaction a context is in; made by `Database` and by nobody else. */
export interface TransactionScope {
  readonly manager: EntityManager;
  readonly mode: 'read' | 'write';
  readonly afterCommit: (() => unknown)[];
}

interface Parts {
  requestId: string;
  tenant: Tenant | null;
  actor: Actor;
  locale: string;
  log: Logger;
  scope: TransactionScope | null;
}

/**
 * Who asks, for which tenant, in which transaction: the first argument of every service method. Immutable; what needs
 * another actor or transaction derives a new one.
 */
export class RequestContext {
  private constructor(private readonly parts: Parts) {}

  /** For the edges (HTTP, sockets, jobs). `tenant` is null only for routes outside of any institution. */
  static create(input: {
    tenant: Tenant | null;
    actor: Actor;
    requestId?: string;
    locale?: string;
    log?: Logger;
  }): RequestContext {
    const requestId = input.requestId ?? randomUUID();
    const { id, kind, session } = actorIds(input.actor);
    const log = (input.log ?? processLogger()).child({
      requestId,
      ...(input.tenant && { tenant: input.tenant.slug }),
      actor: id ?? kind,
      ...(session !== undefined && { session }),
    });
    const { tenant, actor } = input;
    return new RequestContext({ requestId, tenant, actor, locale: input.locale ?? 'en', log, scope: null });
  }

  /** For work nobody asked for in person: jobs, sweepers, the operator. `name` appears in logs and the audit trail. */
  static system(tenant: Tenant, name: string, options: { requestId?: string; log?: Logger } = {}): RequestContext {
    return RequestContext.create({ tenant, actor: { kind: 'system', name }, ...options });
  }

  get requestId(): string {
    return this.parts.requestId;
  }

  /** @throws Error on a route outside of any institution (`PlatformController`). */
  get tenant(): Tenant {
    if (!this.parts.tenant) throw new Error('this request belongs to no tenant');
    return this.parts.tenant;
  }

  get hasTenant(): boolean {
    return this.parts.tenant !== null;
  }

  get actor(): Actor {
    return this.parts.actor;
  }

  get locale(): string {
    return this.parts.locale;
  }

  get log(): Logger {
    return this.parts.log;
  }

  /** The transaction's entity manager. @throws Error outside of a transaction. */
  get manager(): EntityManager {
    if (!this.parts.scope) throw new Error('no transaction: wrap the call in Database.transaction');
    return this.parts.scope.manager;
  }

  get inTransaction(): boolean {
    return this.parts.scope !== null;
  }

  /** For `Database`: null outside of a transaction. */
  get scope(): TransactionScope | null {
    return this.parts.scope;
  }

  /** For `Database`: the same request inside (or, with null, outside) of a transaction. */
  withScope(scope: TransactionScope | null): RequestContext {
    return new RequestContext({ ...this.parts, scope });
  }

  /** The same request and transaction with another actor, e.g. once a seat token has been checked. */
  withActor(actor: Actor): RequestContext {
    const { id, kind, session } = actorIds(actor);
    const log = this.parts.log.child({ actor: id ?? kind, ...(session !== undefined && { session }) });
    return new RequestContext({ ...this.parts, actor, log });
  }
}
