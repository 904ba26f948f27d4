export { Database } from './database.js';
export { DatabaseModule } from './database.module.js';
export { migrate } from './migrate.js';
export type { EntityClass } from './open.js';
export type { TransactionMode } from './scope.js';
export { TenantDirectory, type ListedTenant } from './tenant-directory.js';
export { TenantRounds } from './tenant-rounds.js';
