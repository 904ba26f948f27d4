import { RequestContext } from '@lyceum/platform/context';
import { TenantDirectory } from '@lyceum/platform/database';
import { commonError } from '@lyceum/platform/errors';
import { Injectable } from '@nestjs/common';

/** Contexts for what the recorder does on its own behalf. */
@Injectable()
export class TenantContexts {
  constructor(private readonly tenants: TenantDirectory) {}

  /** @throws RESOURCE.NOT_FOUND for a tenant that is closed or was never there */
  async of(tenantId: string): Promise<RequestContext> {
    const tenant = await this.tenants.byId(tenantId);
    if (!tenant) throw commonError('RESOURCE.NOT_FOUND', { meta: { kind: 'tenant', id: tenantId } });
    return RequestContext.system(tenant, 'recorder');
  }

  async all(): Promise<RequestContext[]> {
    return (await this.tenants.list()).map((tenant) => RequestContext.system(tenant, 'recorder'));
  }
}
