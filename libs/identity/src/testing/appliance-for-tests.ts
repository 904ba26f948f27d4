import { join } from 'node:path';
import { apiConfig, loadConfig, operatorConfig, type ApiConfig, type OperatorConfig } from '@lyceum/platform/config';

export interface ApplianceForTests {
  api: ApiConfig;
  operator: OperatorConfig;
  /** Address of api-1 itself, so that tests need no CA. */
  apiUrl: string;
}

/** What the appliance at `LYCEUM_HOME` is configured with; read by its owner. */
export function applianceForTests(environment: NodeJS.ProcessEnv = process.env): ApplianceForTests {
  const home = environment.LYCEUM_HOME;
  if (!home) throw new Error('LYCEUM_HOME must name a running test appliance');
  const file = (...parts: string[]) => ({ LYCEUM_CONFIG: join(home, 'config', ...parts) });
  const api = loadConfig(apiConfig, file('api-1', 'api.json'));
  const operator = loadConfig(operatorConfig, file('operator', 'operator.json'));
  return { api, operator, apiUrl: `http://${api.listen.host}:${api.listen.port}` };
}
