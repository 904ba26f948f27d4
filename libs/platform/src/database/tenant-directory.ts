import { Injectable } from '@nestjs/common';
import type { Tenant } from '../context/index.js';
import { Database } from './database.js';

/** How long an answer may be old: a renamed or closed institution is known everywhere within this time. */
const maximumAgeMs = 5_000;
/** That there is none is an answer that grows old sooner: a new institution is opened by the first who asks for it. */
const maximumAgeOfNoneMs = 1_000;

const select =
  'select id, slug, name, realm, region, accent, closed_at is null as open from tenant order by name, slug';

export interface ListedTenant extends Tenant {
  open: boolean;
  /** `#rrggbb`, or null for the portal's own accent. */
  accent: string | null;
}

/**
 * Institutions by slug or id, for the edges. There are few of them, so that all of them are kept in memory; an address
 * that names none costs one query a second at most.
 */
@Injectable()
export class TenantDirectory {
  private tenants: readonly ListedTenant[] = [];
  private readAt = -Infinity;
  private reading: Promise<readonly ListedTenant[]> | null = null;

  constructor(private readonly database: Database) {}

  /** Institutions that are open, ordered by name. */
  async list(): Promise<readonly ListedTenant[]> {
    return (await this.all()).filter((tenant) => tenant.open);
  }

  /** Closed ones as well: for checks of the whole installation. */
  async all(): Promise<readonly ListedTenant[]> {
    if (performance.now() - this.readAt <= maximumAgeMs) return this.tenants;
    this.reading ??= this.read().finally(() => (this.reading = null));
    return this.reading;
  }

  bySlug(slug: string): Promise<ListedTenant | null> {
    return this.find((tenant) => tenant.slug === slug);
  }

  byId(id: string): Promise<ListedTenant | null> {
    return this.find((tenant) => tenant.id === id);
  }

  /** Forgets the copy, e.g. after a tenant was created in this process. */
  refresh(): void {
    this.readAt = -Infinity;
  }

  private async find(is: (tenant: ListedTenant) => boolean): Promise<ListedTenant | null> {
    const known = (await this.list()).find(is);
    if (known || performance.now() - this.readAt <= maximumAgeOfNoneMs) return known ?? null;
    this.refresh();
    return (await this.list()).find(is) ?? null;
  }

  private async read(): Promise<readonly ListedTenant[]> {
    this.tenants = await this.database.platform((manager) => manager.query<ListedTenant[]>(select));
    this.readAt = performance.now();
    return this.tenants;
  }
}
