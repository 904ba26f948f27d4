import { AuditVerifier, type AuditVerdict } from '@lyceum/platform/audit';
import { RequestContext } from '@lyceum/platform/context';
import { TenantDirectory } from '@lyceum/platform/database';
import { Injectable } from '@nestjs/common';

export interface TenantVerdict extends AuditVerdict {
  tenant: string;
}

/** Checks the chains of the whole installation, for its operator. */
@Injectable()
export class AuditVerification {
  constructor(
    private readonly verifier: AuditVerifier,
    private readonly tenants: TenantDirectory,
  ) {}

  /** Verdicts by institution, closed ones too; with `slug` only that one. @throws Error when there is no such one. */
  async verify(slug?: string): Promise<TenantVerdict[]> {
    const all = await this.tenants.all();
    const chosen = slug === undefined ? all : all.filter((tenant) => tenant.slug === slug);
    if (slug !== undefined && chosen.length === 0) throw new Error(`there is no institution ${slug}`);
    const verdicts: TenantVerdict[] = [];
    for (const tenant of chosen) {
      const verdict = await this.verifier.verify(RequestContext.system(tenant, 'operator'));
      verdicts.push({ tenant: tenant.slug, ...verdict });
    }
    return verdicts;
  }
}
