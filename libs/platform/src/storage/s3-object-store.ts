import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { Client } from 'minio';
import { LyceumError } from '../errors/index.js';
import {
  ObjectStore,
  type ByteRange,
  type ListedObject,
  type ObjectBody,
  type PutOptions,
  type StoredObject,
} from './object-store.js';
import { fromS3 } from './s3-errors.js';
import { s3Agent } from './s3-agent.js';
import { partsOf } from './parts.js';

export interface S3Options {
  /** `http://host:port` or `https://host:port`. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
}

/** S3 allows 10,000 parts: with 16 MiB a stream may be 156 GiB long, and that much memory is held per upload. */
const PART_BYTES = 16 * 1024 * 1024;
const MAX_SOCKETS = 64;
/** A restarting store is back within seconds; what must survive longer is kept and repeated by the caller. */
const RETRY_PAUSES_MS = [150, 600, 1500] as const;
const REMOVE_BATCH = 1000;

interface Put {
  etag: string;
  /** Bytes. */
  size: number;
}

/** `ObjectStore` on an S3 server, through the `minio` client. */
export class S3ObjectStore extends ObjectStore {
  private readonly client: Client;
  private readonly bucket: string;
  private readonly region: string;

  constructor(options: S3Options) {
    super();
    const url = new URL(options.endpoint);
    const secure = url.protocol === 'https:';
    this.bucket = options.bucket;
    this.region = options.region;
    this.client = new Client({
      endPoint: url.hostname,
      port: url.port ? Number(url.port) : secure ? 443 : 80,
      useSSL: secure,
      region: options.region,
      accessKey: options.accessKey,
      secretKey: options.secretKey,
      partSize: PART_BYTES,
      transportAgent: s3Agent(secure, MAX_SOCKETS),
      // Its retries hide the server's answer and write to the console; ours are in `attempt`.
      retryOptions: { disableRetry: true },
    });
  }

  override async ensureBucket(): Promise<void> {
    await this.attempt(this.bucket, async () => {
      if (!(await this.client.bucketExists(this.bucket))) await this.client.makeBucket(this.bucket, this.region);
    });
  }

  override async ping(): Promise<void> {
    try {
      await this.client.bucketExists(this.bucket);
    } catch (error) {
      throw fromS3(error, this.bucket);
    }
  }

  override async put(name: string, body: ObjectBody, options: PutOptions = {}): Promise<Put> {
    const headers = toHeaders(options);
    const parts = partsOf(body, PART_BYTES);
    try {
      const first = await parts.next();
      const second = await parts.next();
      if (first.done || second.done) {
        return await this.putWhole(name, first.done ? Buffer.alloc(0) : first.value, headers);
      }
      return await this.putParts(name, headers, prepend([first.value, second.value], parts));
    } finally {
      // Ends the source too when the store failed first.
      await parts.return(undefined);
    }
  }

  override async get(name: string, { range }: { range?: ByteRange } = {}): Promise<Readable> {
    return this.attempt(name, () =>
      range
        ? this.client.getPartialObject(this.bucket, name, range.start, range.end - range.start)
        : this.client.getObject(this.bucket, name),
    );
  }

  override async stat(name: string): Promise<StoredObject> {
    const { size, etag, lastModified, metaData } = await this.attempt(name, () =>
      this.client.statObject(this.bucket, name),
    );
    const { 'content-type': contentType = 'application/octet-stream', ...rest } = metaData;
    const metadata = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key.toLowerCase(), String(value)]));
    return { name, size, etag, lastModified, contentType: String(contentType), metadata };
  }

  override async *list(prefix: string): AsyncIterable<ListedObject> {
    try {
      for await (const item of this.client.listObjectsV2(this.bucket, prefix, true)) {
        const { name, size, etag, lastModified } = item as ListedObject;
        yield { name, size, etag, lastModified };
      }
    } catch (error) {
      throw fromS3(error, prefix);
    }
  }

  override async remove(names: string | readonly string[]): Promise<void> {
    if (typeof names === 'string') {
      await this.attempt(names, () => this.client.removeObject(this.bucket, names));
      return;
    }
    for (let start = 0; start < names.length; start += REMOVE_BATCH) {
      const batch = names.slice(start, start + REMOVE_BATCH);
      const answers = await this.attempt(batch[0] ?? '', () => this.client.removeObjects(this.bucket, batch));
      const failed = answers.find((answer) => answer?.Error)?.Error;
      if (failed) throw fromS3(Object.assign(new Error('not removed'), { code: failed.Code }), batch[0] ?? '');
    }
  }

  private async putWhole(name: string, body: Buffer, headers: Record<string, string>): Promise<Put> {
    const { etag } = await this.withBucket(() =>
      this.attempt(name, () => this.client.putObject(this.bucket, name, body, body.length, headers)),
    );
    return { etag, size: body.length };
  }

  /**
   * Multipart by hand: the client's own resumes whatever unfinished upload has the same name, with the metadata of that
   * one, and waits for ever when the source fails.
   */
  private async putParts(name: string, headers: Record<string, string>, parts: AsyncIterable<Buffer>): Promise<Put> {
    const uploadId = await this.withBucket(() =>
      this.attempt(name, () => this.client.initiateNewMultipartUpload(this.bucket, name, toAmzHeaders(headers))),
    );
    try {
      const etags: { part: number; etag: string }[] = [];
      let size = 0;
      for await (const part of parts) {
        const number = etags.length + 1;
        const target = { bucketName: this.bucket, objectName: name, uploadID: uploadId, partNumber: number };
        const { etag } = await this.attempt(name, () => this.client.uploadPart({ ...target, headers: {} }, part));
        etags.push({ part: number, etag });
        size += part.length;
      }
      const done = await this.attempt(name, () =>
        this.client.completeMultipartUpload(this.bucket, name, uploadId, etags),
      );
      return { etag: done.etag, size };
    } catch (error) {
      // Best effort: what failed first is what the caller must see.
      await this.client.abortMultipartUpload(this.bucket, name, uploadId).catch(() => undefined);
      throw error;
    }
  }

  /** The first write into a new store makes the bucket: no step of the installation can be forgotten. */
  private async withBucket<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof LyceumError) || error.meta.s3 !== 'NoSuchBucket') throw error;
      await this.ensureBucket();
      return write();
    }
  }

  /** Runs an idempotent request, a few times while the store is out of reach. */
  private async attempt<T>(name: string, request: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await request();
      } catch (cause) {
        const error = fromS3(cause, name);
        const pause = RETRY_PAUSES_MS[attempt];
        if (pause === undefined || error.code !== 'STORAGE.UNAVAILABLE') throw error;
        await sleep(pause);
      }
    }
  }
}

function toHeaders({ contentType = 'application/octet-stream', metadata = {} }: PutOptions): Record<string, string> {
  return { 'content-type': contentType, ...metadata };
}

/** `putObject` does this itself. */
function toAmzHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key === 'content-type' ? key : `x-amz-meta-${key}`, value]),
  );
}

async function* prepend(head: readonly Buffer[], rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield* head;
  yield* rest;
}
