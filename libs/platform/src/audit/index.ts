export { Audit } from './audit.js';
export { AuditModule } from './audit.module.js';
export { canonicalBytes, type AuditEntry, type AuditInput, type AuditOutcome } from './entry.js';
