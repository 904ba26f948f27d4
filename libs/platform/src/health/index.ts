export { HealthModule } from './health.module.js';
export { HealthRegistry, type Check, type CheckState, type Readiness } from './registry.js';
export { healthPath, readyPath, serveHealth } from './server.js';
export { ServiceReadiness } from './service-readiness.js';
