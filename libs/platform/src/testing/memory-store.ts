import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { storageError } from '../storage/errors.js';
import {
  ObjectStore,
  type ByteRange,
  type ListedObject,
  type ObjectBody,
  type PutOptions,
  type StoredObject,
} from '../storage/object-store.js';

interface Kept {
  bytes: Buffer;
  contentType: string;
  metadata: Record<string, string>;
}

/** An object store in memory, for unit specs of what lies above it; what it keeps is open to be tampered with. */
export class MemoryStore extends ObjectStore {
  readonly objects = new Map<string, Kept>();
  readonly streams: Readable[] = [];
  /** Bytes asked for with `get`. */
  fetched = 0;

  override async ensureBucket(): Promise<void> {}
  override async ping(): Promise<void> {}

  override async put(name: string, body: ObjectBody, { contentType = 'x/y', metadata = {} }: PutOptions = {}) {
    const bytes = Buffer.isBuffer(body) ? body : await buffer(body);
    this.objects.set(name, { bytes, contentType, metadata: { ...metadata } });
    return { etag: 'etag', size: bytes.length };
  }

  override async get(name: string, { range }: { range?: ByteRange } = {}): Promise<Readable> {
    const bytes = this.of(name).bytes.subarray(range?.start, range?.end);
    this.fetched += bytes.length;
    const chunks = Array.from({ length: Math.ceil(bytes.length / 9_000) }, (_, index) =>
      bytes.subarray(index * 9_000, (index + 1) * 9_000),
    );
    const stream = Readable.from(chunks);
    this.streams.push(stream);
    return stream;
  }

  override async stat(name: string): Promise<StoredObject> {
    const { bytes, contentType, metadata } = this.of(name);
    return { name, size: bytes.length, etag: 'etag', lastModified: new Date(0), contentType, metadata };
  }

  override async *list(prefix: string): AsyncIterable<ListedObject> {
    for (const name of [...this.objects.keys()].sort()) if (name.startsWith(prefix)) yield this.stat(name);
  }

  override async remove(names: string | readonly string[]): Promise<void> {
    for (const name of [names].flat()) this.objects.delete(name);
  }

  /** @throws LyceumError STORAGE.NOT_FOUND */
  of(name: string): Kept {
    const object = this.objects.get(name);
    if (!object) throw storageError('STORAGE.NOT_FOUND');
    return object;
  }
}
