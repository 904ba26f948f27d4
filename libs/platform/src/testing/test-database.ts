import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { loadConfig, operatorConfig, type OperatorConfig } from '../config/index.js';
import { RequestContext, type Tenant } from '../context/index.js';
import { processLogger } from '../telemetry/index.js';
import type { Database } from '../database/index.js';
import { dataSource, openDatabase } from '../database/open.js';

/** The operator's configuration of the appliance at `LYCEUM_HOME`: the one with every role of the database. */
export function operatorConfigForTests(environment: NodeJS.ProcessEnv = process.env): OperatorConfig {
  const home = environment.LYCEUM_HOME;
  if (!home) throw new Error('LYCEUM_HOME must name a running test appliance');
  return loadConfig(operatorConfig, { LYCEUM_CONFIG: join(home, 'config', 'operator', 'operator.json') });
}

/** Real PostgreSQL with the roles of production, and institutions of its own for each spec. */
export interface TestDatabase {
  database: Database;
  /** lyceum_migrator, above row level security: to look at and to tamper with what the application can't. */
  migrator: ReturnType<typeof dataSource>;
  /** A new institution, closed so that the running appliance doesn't list it, and a system context in it. */
  tenant(): Promise<RequestContext>;
  close(): Promise<void>;
}

export async function openTestDatabase(): Promise<TestDatabase> {
  const config = operatorConfigForTests();
  const database = await openDatabase(config.database, 'spec', [], processLogger());
  const migrator = dataSource(config.database, config.database.migrator, { poolSize: 3, application: 'spec-migrator' });
  await migrator.initialize();
  return {
    database,
    migrator,
    tenant: () => createTenant(database, config.region),
    close: async () => {
      await Promise.all([database.close(), migrator.destroy()]);
    },
  };
}

async function createTenant(database: Database, region: string): Promise<RequestContext> {
  const id = randomUUID();
  const slug = `spec-${id.slice(0, 13)}`;
  const tenant: Tenant = { id, slug, name: slug, realm: slug, region };
  await database.platform((manager) =>
    manager.query('insert into tenant (id, slug, name, realm, region, closed_at) values ($1, $2, $2, $2, $3, now())', [
      id,
      slug,
      region,
    ]),
  );
  return RequestContext.system(tenant, 'spec');
}
