export { Audit } from './audit.js';
export { AuditChainModule, AuditModule } from './audit.module.js';
export { AuditChainer } from './chainer.js';
export { canonicalBytes, type AuditEntry, type AuditInput, type AuditOutcome } from './entry.js';
export { type StoredEntry } from './entry-columns.js';
export { AuditReader, type AuditQuery, type AuditRecord } from './reader.js';
export { AuditVerifier, type AuditFault, type AuditFaultKind, type AuditVerdict } from './verifier.js';
