import { randomUUID } from 'node:crypto';
import { Database, TenantDirectory, type ListedTenant } from '@lyceum/platform/database';
import { Injectable } from '@nestjs/common';

export interface NewInstitution {
  slug: string;
  name: string;
  region: string;
  /** `#rrggbb`, or null for the portal's own accent. */
  accent: string | null;
}

/** Institutions as the operator makes them. Their rows belong to no tenant: they are the tenants. */
@Injectable()
export class Institutions {
  constructor(
    private readonly database: Database,
    private readonly directory: TenantDirectory,
  ) {}

  /** Creates the institution, or finds it as it is; its realm has the name of its slug. */
  async ensure(institution: NewInstitution): Promise<{ tenant: ListedTenant; created: boolean }> {
    const { slug, name, region, accent } = institution;
    const created = await this.database.platform((manager) =>
      manager.query<{ id: string }[]>(
        `insert into tenant (id, slug, name, realm, region, accent) values ($1, $2, $3, $2, $4, $5)
         on conflict (slug) do nothing returning id`,
        [randomUUID(), slug, name, region, accent],
      ),
    );
    this.directory.refresh();
    const tenant = await this.directory.bySlug(slug);
    if (!tenant) throw new Error(`the institution ${slug} is closed`);
    return { tenant, created: created.length > 0 };
  }
}
