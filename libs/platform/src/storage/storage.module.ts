import { Global, Module, type DynamicModule } from '@nestjs/common';
import { readSecret, type StoreConfig } from '../config/index.js';
import { EncryptedObjects } from './encrypted-objects.js';
import { ObjectStore } from './object-store.js';
import { S3ObjectStore } from './s3-object-store.js';

/** The object store and encrypted objects in it; `forRoot` once in an application, beside `KeysModule.forRoot`. */
@Global()
@Module({})
export class StorageModule {
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
