import { auditPageSchema, auditQuerySchema, type AuditPage } from '@lyceum/contracts';
import { RequestContext } from '@lyceum/platform/context';
import { Ctx, Endpoint, Input, TenantController, endpoint, type InputOf } from '@lyceum/platform/http';
import { AuditListing } from '../application/audit-listing.js';

const list = endpoint({
  method: 'GET',
  path: '',
  permission: 'audit.read',
  query: auditQuerySchema,
  response: auditPageSchema,
  summary: 'The audit trail, newest first',
});

@TenantController('audit')
export class AuditController {
  constructor(private readonly listing: AuditListing) {}

  @Endpoint(list)
  list(@Ctx() ctx: RequestContext, @Input() { query }: InputOf<typeof list>): Promise<AuditPage> {
    return this.listing.page(ctx, query);
  }
}
