export { EncryptedObjects, type OpenedObject, type WriteOptions } from './encrypted-objects.js';
export { objectAad, type ObjectIdentity } from './object-aad.js';
export {
  ObjectStore,
  type ByteRange,
  type ListedObject,
  type ObjectBody,
  type PutOptions,
  type StoredObject,
} from './object-store.js';
export { S3ObjectStore, type S3Options } from './s3-object-store.js';
export { StorageModule } from './storage.module.js';
