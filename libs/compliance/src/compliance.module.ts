import { TenancyModule } from '@lyceum/tenancy';
import { Module } from '@nestjs/common';
import { AuditListing } from './application/audit-listing.js';
import { AuditVerification } from './application/audit-verification.js';

/** Reading and checking the audit trail; writing it is `Audit` in the platform. */
@Module({
  imports: [TenancyModule],
  providers: [AuditListing, AuditVerification],
  exports: [AuditListing, AuditVerification],
})
export class ComplianceModule {}
