export { ConfigError, loadConfig } from './load.js';
export { readSecret, readSecretKey } from './secret.js';
export * from './parts.js';
export * from './processes.js';
