import { tenantListSchema, type TenantList } from '@lyceum/contracts';
import { TenantDirectory } from '@lyceum/platform/database';
import { Endpoint, endpoint, PlatformController } from '@lyceum/platform/http';

const list = endpoint({
  method: 'GET',
  path: '',
  permission: 'public',
  response: tenantListSchema,
  summary: 'Institutions one can sign in to',
});

/** What the institution chooser shows. */
@PlatformController('tenants')
export class TenantsController {
  constructor(private readonly tenants: TenantDirectory) {}

  @Endpoint(list)
  async list(): Promise<TenantList> {
    const tenants = await this.tenants.list();
    return { items: tenants.map(({ slug, name, accent }) => ({ slug, name, accent })) };
  }
}
