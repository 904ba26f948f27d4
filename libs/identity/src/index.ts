export { RequestAuthenticator } from './access/request-authenticator.js';
export { permissionsOf } from './access/role-permissions.js';
export { RolePolicy } from './access/role-policy.js';
export { sessionEndedChannel, sessionEndedSchema, type SessionEnded } from './events/session-ended.js';
export { IdentityHttpModule } from './identity-http.module.js';
export { IdentityModule, type IdentityOptions } from './identity.module.js';
export { ProvisioningModule } from './provisioning/provisioning.module.js';
export { TenantProvisioning, type NewTenant, type ProvisionedTenant } from './provisioning/tenant-provisioning.js';
export type { NewPerson } from './provisioning/user-provisioner.js';
