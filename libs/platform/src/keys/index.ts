export { DataKeys, type DataKey, type DataKeyFilter, type DataKeySubject } from './data-keys.js';
export { KeysClient, type KeysClientOptions } from './keys-client.js';
export { KeysJobsModule } from './jobs/keys-jobs.module.js';
export { KeysModule } from './keys.module.js';
export { TenantKeys } from './tenant-keys.js';
