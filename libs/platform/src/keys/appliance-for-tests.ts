import { join } from 'node:path';
import { jobsConfig, loadConfig, type JobsConfig } from '../config/index.js';

/** What the jobs of the appliance at `LYCEUM_HOME` are configured with: database, store and keys of integration tests. */
export function applianceForTests(environment: NodeJS.ProcessEnv = process.env): JobsConfig {
  const home = environment.LYCEUM_HOME;
  if (!home) throw new Error('LYCEUM_HOME must name a running test appliance');
  return loadConfig(jobsConfig, { LYCEUM_CONFIG: join(home, 'config', 'jobs', 'jobs.json') });
}
