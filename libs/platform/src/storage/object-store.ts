import type { Readable } from 'node:stream';

/** Bytes from `start` to `end`, which is exclusive. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface ListedObject {
  name: string;
  /** Bytes. */
  size: number;
  etag: string;
  lastModified: Date;
}

export interface StoredObject extends ListedObject {
  contentType: string;
  /** Lower-case names, as given to `put`. Not authenticated by anybody. */
  metadata: Readonly<Record<string, string>>;
}

export interface PutOptions {
  contentType?: string;
  /** Names of lower-case letters, digits and dashes; short ASCII values. */
  metadata?: Readonly<Record<string, string>>;
}

export type ObjectBody = Buffer | AsyncIterable<Uint8Array>;

/**
 * Bytes under names, as an S3 server keeps them. What people say or write goes through `EncryptedObjects`; this is the
 * layer below. Errors are LyceumErrors: STORAGE.NOT_FOUND, STORAGE.UNAVAILABLE, STORAGE.FULL, STORAGE.DENIED.
 */
export abstract class ObjectStore {
  /** Makes the bucket when it is missing; `put` does it too. */
  abstract ensureBucket(): Promise<void>;

  /** Whether the store answers to our credentials, asked once. @throws LyceumError when it does not. */
  abstract ping(): Promise<void>;

  /** Stores an object whole or not at all, replacing an earlier one; memory is bounded for streams of any length. */
  abstract put(name: string, body: ObjectBody, options?: PutOptions): Promise<{ etag: string; size: number }>;

  /** The bytes, or those of a non-empty range that lies within the object. */
  abstract get(name: string, options?: { range?: ByteRange }): Promise<Readable>;

  abstract stat(name: string): Promise<StoredObject>;

  /** Objects whose names start with `prefix`, in order of their names. */
  abstract list(prefix: string): AsyncIterable<ListedObject>;

  /** Removes objects; those that are missing are no error. */
  abstract remove(names: string | readonly string[]): Promise<void>;
}
