export { AuditListing } from './application/audit-listing.js';
export { AuditVerification, type TenantVerdict } from './application/audit-verification.js';
export { ComplianceHttpModule } from './compliance-http.module.js';
export { ComplianceModule } from './compliance.module.js';
