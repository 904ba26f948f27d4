import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../context/index.js';
import { LyceumError } from '../errors/index.js';
import { encryptStream, FloeError, FloeFile, FLOE_SEGMENT_64K, type RangeSource } from '../floe/index.js';
import { DataKeys } from '../keys/index.js';
import { storageError } from './errors.js';
import { objectAad, type ObjectIdentity } from './object-aad.js';
import { ObjectStore, type ByteRange, type ListedObject, type ObjectBody, type StoredObject } from './object-store.js';

export interface WriteOptions extends ObjectIdentity {
  /** Of `DataKeys.create`. */
  dataKeyId: string;
  contentType?: string;
  /** Bytes per encrypted segment; 64 KiB unless given. */
  segmentLength?: number;
}

export interface OpenedObject {
  /** Plaintext bytes. */
  size: number;
  contentType: string;
  dataKeyId: string;
  /**
   * The plaintext, or the part of it within the range, which is clamped to the size. The stream fails with
   * STORAGE.CORRUPT at the first changed byte.
   */
  read(range?: ByteRange): Readable;
}

/** Up to this size one request for everything is cheaper than one each for header, end and range. */
const AT_ONCE_BYTES = 256 * 1024;
const KEY_HEADER = 'lyceum-key';
const KIND_HEADER = 'lyceum-kind';

/**
 * Objects that leave the process encrypted, in FLOE under a data key (docs/decisions/0020). There is no way to write in
 * the clear. Names are relative to the tenant of `ctx`: another tenant's object can't even be named.
 * Don't call this inside a transaction: it waits for the network.
 */
@Injectable()
export class EncryptedObjects {
  constructor(
    private readonly store: ObjectStore,
    private readonly dataKeys: DataKeys,
  ) {}

  /**
   * Encrypts and stores a body of any length in bounded memory; replaces an earlier object of this name.
   * @returns plaintext and stored bytes.
   */
  async write(
    ctx: RequestContext,
    { segmentLength = FLOE_SEGMENT_64K, contentType = 'application/octet-stream', ...object }: WriteOptions,
    body: ObjectBody,
  ): Promise<{ size: number; storedSize: number; etag: string }> {
    const key = await this.dataKeys.open(ctx, object.dataKeyId);
    const aad = objectAad(ctx.tenant.id, { ...object, contentType });
    let size = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const chunk of Buffer.isBuffer(body) ? [body] : body) {
        size += chunk.length;
        yield chunk;
      }
    }
    const stored = await this.store.put(
      storedName(ctx, object.name),
      encryptStream({ key, aad, segmentLength }, counted()),
      { contentType, metadata: { [KEY_HEADER]: object.dataKeyId, [KIND_HEADER]: object.kind } },
    );
    return { size, storedSize: stored.size, etag: stored.etag };
  }

  /**
   * Opens an object: its header and end are authenticated, so `size` is true and a cut tail is noticed here.
   * @throws LyceumError STORAGE.NOT_FOUND, STORAGE.CORRUPT (changed, cut, moved, or opened as something it is not),
   *   and those of `DataKeys.open`.
   */
  async open(ctx: RequestContext, object: ObjectIdentity): Promise<OpenedObject> {
    const stat = await this.store.stat(storedName(ctx, object.name));
    const dataKeyId = stat.metadata[KEY_HEADER];
    if (dataKeyId === undefined) throw corrupt(stat.name, new Error('no data key is named'));
    const key = await this.dataKeys.open(ctx, dataKeyId);
    const { contentType } = stat;
    const source = await guard(stat.name, this.sourceOf(stat));
    const aad = objectAad(ctx.tenant.id, { ...object, dataKeyId, contentType });
    const file = await guard(stat.name, FloeFile.open({ key, aad }, source));
    const size = file.plaintextLength;
    const read = ({ start, end }: ByteRange = { start: 0, end: size }): Readable =>
      Readable.from(guardAll(stat.name, file.read(source, start, end)), { objectMode: false });
    return { size, contentType, dataKeyId, read };
  }

  /** `open` and `read` at once, with the range that was really read. */
  async read(
    ctx: RequestContext,
    object: ObjectIdentity,
    range?: ByteRange,
  ): Promise<{ stream: Readable; size: number; start: number; end: number; contentType: string }> {
    const opened = await this.open(ctx, object);
    const end = Math.min(range?.end ?? opened.size, opened.size);
    const start = Math.min(range?.start ?? 0, end);
    const { size, contentType } = opened;
    return { stream: opened.read({ start, end }), size, start, end, contentType };
  }

  /** Removes objects of this tenant; those that are missing are no error. */
  async remove(ctx: RequestContext, names: string | readonly string[]): Promise<void> {
    const list = typeof names === 'string' ? [names] : names;
    await this.store.remove(list.map((name) => storedName(ctx, name)));
  }

  /** This tenant's objects below `prefix`; sizes are those of the stored bytes. */
  async *list(ctx: RequestContext, prefix: string): AsyncIterable<ListedObject> {
    const root = storedName(ctx, '');
    for await (const object of this.store.list(root + prefix)) {
      yield { ...object, name: object.name.slice(root.length) };
    }
  }

  private async sourceOf({ name, size }: StoredObject): Promise<RangeSource> {
    const { store } = this;
    if (size <= AT_ONCE_BYTES) {
      const bytes = await buffer(await store.get(name));
      return {
        length: bytes.length,
        async *read(start, end) {
          yield bytes.subarray(start, end);
        },
      };
    }
    return {
      length: size,
      async *read(start, end) {
        yield* (await store.get(name, { range: { start, end } })) as AsyncIterable<Buffer>;
      },
    };
  }
}

function storedName(ctx: RequestContext, name: string): string {
  // "../other-tenant/x" is a plain name to S3, but a path to a server that keeps objects as files.
  if (name.split('/').some((part) => part === '.' || part === '..')) throw new Error(`not a name: ${name}`);
  return `${ctx.tenant.id}/${name}`;
}

async function guard<T>(name: string, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw coded(name, error);
  }
}

async function* guardAll(name: string, source: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* source;
  } catch (error) {
    throw coded(name, error);
  }
}

/** What broke while bytes were flowing: the bytes, or the connection that brought them. */
function coded(name: string, error: unknown): LyceumError {
  if (error instanceof LyceumError) return error;
  if (error instanceof FloeError) return corrupt(name, error);
  return storageError('STORAGE.UNAVAILABLE', { cause: error, meta: { object: name } });
}

function corrupt(name: string, cause: Error): LyceumError {
  return storageError('STORAGE.CORRUPT', { cause, meta: { object: name, reason: cause.message } });
}
