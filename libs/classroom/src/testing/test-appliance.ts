import { join } from 'node:path';
import { jobsConfig, loadConfig, type JobsConfig } from '@lyceum/platform/config';

/** Database and Redis of the appliance at `LYCEUM_HOME`, as its jobs are configured. */
export function testAppliance(environment: NodeJS.ProcessEnv = process.env): Pick<JobsConfig, 'database' | 'redis'> {
  const home = environment.LYCEUM_HOME;
  if (!home) throw new Error('LYCEUM_HOME must name a running test appliance');
  return loadConfig(jobsConfig, { LYCEUM_CONFIG: join(home, 'config', 'jobs', 'jobs.json') });
}
