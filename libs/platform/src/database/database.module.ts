import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { DatabaseConfig } from '../config/index.js';
import { processLogger } from '../telemetry/index.js';
import { Database } from './database.js';
import { openDatabase, type EntityClass } from './open.js';
import { TenantDirectory } from './tenant-directory.js';

/** Entities of all domains in this process; filled while modules are declared, read when the database is opened. */
const entities = new Set<EntityClass>();

@Module({})
class EntitiesModule {}

/** `forRoot` once in an application, `forEntities` in the module of each domain that has tables. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static forRoot(config: DatabaseConfig, instance: string): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: Database, useFactory: () => openDatabase(config, instance, [...entities], processLogger()) },
        TenantDirectory,
      ],
      exports: [Database, TenantDirectory],
    };
  }

  static forEntities(classes: readonly EntityClass[]): DynamicModule {
    for (const entity of classes) entities.add(entity);
    return { module: EntitiesModule };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
