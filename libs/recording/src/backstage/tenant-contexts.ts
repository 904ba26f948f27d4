import { RequestContext } from '@lyceum/platform/context';
import { TenantDirectory } from '@lyceum/platform/database';
import { notFound } from '@lyceum/platform/errors';
import { Injectable } from '@nestjs/common';

/** Contexts for what the recorder does on its own behalf. */
@Injectable()
export class TenantContexts {
  constructor(private readonly tenants: TenantDirectory) {}

  /**
   * A tenant that the directory's copy lacks may be newer than the copy, so that is read again before the answer is no.
   * @throws RESOURCE.NOT_FOUND for a tenant that is closed or was never there
   */
  async of(tenantId: string): Promise<RequestContext> {
    const tenant = (await this.tenants.byId(tenantId)) ?? (await this.lookAgain(tenantId));
    if (!tenant) throw notFound('tenant', tenantId);
    return RequestContext.system(tenant, 'recorder');
  }

  async all(): Promise<RequestContext[]> {
    return (await this.tenants.list()).map((tenant) => RequestContext.system(tenant, 'recorder'));
  }

  private lookAgain(tenantId: string) {
    this.tenants.refresh();
    return this.tenants.byId(tenantId);
  }
}
