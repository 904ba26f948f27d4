import { Global, Inject, Module, Optional, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { KeysClientConfig } from '../config/index.js';
import { DatabaseModule } from '../database/index.js';
import { HealthRegistry } from '../health/index.js';
import { DataKeys } from './data-keys.js';
import { KeysClient } from './keys-client.js';
import { DataKeyEntity } from './persistence/data-key.entity.js';
import { TenantKeyEntity } from './persistence/tenant-key.entity.js';
import { TenantKeys } from './tenant-keys.js';

/** Less than a health check may take. */
const HEALTH_PATIENCE_MS = 1_000;

/** Tenant and data keys; `forRoot` once in an application, beside `DatabaseModule.forRoot`. */
@Global()
@Module({})
export class KeysModule implements OnApplicationShutdown {
  constructor(
    @Inject(KeysClient) private readonly client: KeysClient,
    @Optional() @Inject(HealthRegistry) health?: HealthRegistry,
  ) {
    // Classes go on without keys; what waits are recordings and replays.
    health?.register('keys', () =>
      client.request('health', {}, HEALTH_PATIENCE_MS).then(
        () => 'ready',
        () => 'degraded',
      ),
    );
  }

  static forRoot(config: KeysClientConfig): DynamicModule {
    return {
      module: KeysModule,
      imports: [DatabaseModule.forEntities([TenantKeyEntity, DataKeyEntity])],
      providers: [{ provide: KeysClient, useFactory: () => new KeysClient(config) }, TenantKeys, DataKeys],
      exports: [KeysClient, TenantKeys, DataKeys],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}
