import { Global, Inject, Module, Optional, type DynamicModule } from '@nestjs/common';
import { readSecret, type StoreConfig } from '../config/index.js';
import { HealthRegistry } from '../health/index.js';
import { EncryptedObjects } from './encrypted-objects.js';
import { ObjectStore } from './object-store.js';
import { S3ObjectStore } from './s3-object-store.js';

/** The object store and encrypted objects in it; `forRoot` once in an application, beside `KeysModule.forRoot`. */
@Global()
@Module({})
export class StorageModule {
  constructor(@Inject(ObjectStore) store: ObjectStore, @Optional() @Inject(HealthRegistry) health?: HealthRegistry) {
    // Classes go on without the store; recordings wait on the recorder's disk.
    health?.register('store', () =>
      store.ping().then(
        () => 'ready',
        () => 'degraded',
      ),
    );
  }

  static forRoot(config: StoreConfig): DynamicModule {
    const store = (): ObjectStore =>
      new S3ObjectStore({
        endpoint: config.endpoint,
        region: config.region,
        bucket: config.bucket,
        accessKey: readSecret(config.accessKeyFile),
        secretKey: readSecret(config.secretKeyFile),
      });
    return {
      module: StorageModule,
      providers: [{ provide: ObjectStore, useFactory: store }, EncryptedObjects],
      exports: [ObjectStore, EncryptedObjects],
    };
  }
}
