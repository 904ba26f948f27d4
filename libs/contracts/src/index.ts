export * from './http/index.js';
export * from './identity/index.js';
export * from './permissions.js';
export * from './recording/index.js';
export * from './roles.js';
export * from './room/index.js';
export * from './scheduling/index.js';
export * from './tenancy/index.js';
