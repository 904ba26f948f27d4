export { actorIds, type Actor } from './actor.js';
export { RequestContext, type Tenant, type TransactionScope } from './request-context.js';
