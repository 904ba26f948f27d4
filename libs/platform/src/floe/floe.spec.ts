import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import {
  ciphertextLength,
  decryptBuffer,
  decryptStream,
  encryptBuffer,
  encryptStream,
  FLOE_HEADER_LENGTH,
  FLOE_SEGMENT_1M,
  FLOE_SEGMENT_4K,
  FloeError,
  FloeFile,
  plaintextLength,
  readSegmentLength,
  type FloeErrorReason,
  type RangeSource,
} from './index.js';

const secret = { key: randomBytes(32), aad: Buffer.from('tenant, object') };
const SMALL = 64;
const PAYLOAD = SMALL - 32;

function sourceOf(bytes: Buffer): RangeSource & { fetched: number } {
  const source = {
    length: bytes.length,
    fetched: 0,
    async *read(start: number, end: number) {
      source.fetched += end - start;
      // Odd chunks, since a store never answers in segments.
      for (let at = start; at < end; at += 23) yield bytes.subarray(at, Math.min(at + 23, end));
    },
  };
  return source;
}

/** Reads the bytes in all three ways and expects each to be refused for this reason. */
async function expectRefused(bytes: Buffer, reason: FloeErrorReason, with_ = secret): Promise<void> {
  const readers = [
    async () => decryptBuffer(with_, bytes),
    () => buffer(decryptStream(with_, [bytes])),
    async () => buffer((await FloeFile.open(with_, sourceOf(bytes))).read(sourceOf(bytes))),
  ];
  for (const read of readers) {
    const error = await read().then(
      () => null,
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(FloeError);
    expect(error).toHaveProperty('reason', reason);
  }
}

describe('SE-02 FLOE messages', () => {
  const sizes = [0, 1, PAYLOAD - 1, PAYLOAD, PAYLOAD + 1, 2 * PAYLOAD, 1000];

  it.each(sizes)('SE-02 round-trips %i bytes through buffers and streams', async (size) => {
    const plain = randomBytes(size);
    const whole = encryptBuffer({ ...secret, segmentLength: SMALL }, plain);
    const chunks = [plain.subarray(0, size >> 1), Buffer.alloc(0), plain.subarray(size >> 1)];
    const streamed = await buffer(encryptStream({ ...secret, segmentLength: SMALL }, chunks));
    for (const message of [whole, streamed]) {
      expect(message.length).toBe(ciphertextLength(size, SMALL));
      expect(plaintextLength(message.length, SMALL)).toBe(size);
      expect(decryptBuffer(secret, message)).toEqual(plain);
      expect(await buffer(decryptStream(secret, sourceOf(message).read(0, message.length)))).toEqual(plain);
    }
  });

  it('SE-02 keeps memory bounded to a segment and uses the segment length it is told', async () => {
    for (const segmentLength of [FLOE_SEGMENT_4K, FLOE_SEGMENT_1M]) {
      const parts: number[] = [];
      const plain = randomBytes(segmentLength * 2);
      for await (const part of encryptStream({ ...secret, segmentLength }, [plain])) parts.push(part.length);
      expect(parts).toEqual([FLOE_HEADER_LENGTH, segmentLength, segmentLength, 96]);
    }
    expect(readSegmentLength(encryptBuffer({ ...secret, segmentLength: 4096 }, Buffer.alloc(0)))).toBe(4096);
  });

  it('SE-02 never gives the same bytes twice', () => {
    const plain = Buffer.from('the same chat line');
    const a = encryptBuffer(secret, plain);
    const b = encryptBuffer(secret, plain);
    expect(a.subarray(10, 42)).not.toEqual(b.subarray(10, 42));
    expect(a.includes(plain)).toBe(false);
  });

  it('SE-02 refuses lengths it would have to allocate blindly', async () => {
    const message = encryptBuffer(secret, Buffer.from('x'));
    message.writeUInt32BE(0xfffffffe, 2);
    await expectRefused(message, 'parameters');
    expect(() => encryptBuffer({ ...secret, segmentLength: 32 }, Buffer.alloc(0))).toThrow(FloeError);
    expect(() => encryptBuffer({ key: randomBytes(16), aad: secret.aad }, Buffer.alloc(0))).toThrow(FloeError);
  });
});

describe('SE-02 FLOE random access', () => {
  const plain = randomBytes(1000);
  const message = encryptBuffer({ ...secret, segmentLength: SMALL }, plain);

  it('SE-02 reads any range, and no more segments than it touches', async () => {
    const file = await FloeFile.open(secret, sourceOf(message));
    expect(file.plaintextLength).toBe(1000);
    for (const [start, end] of [
      [0, 1000],
      [0, 1],
      [31, 33],
      [32, 64],
      [500, 777],
      [999, 1000],
      [990, 5000],
      [7, 7],
      [1000, 1001],
    ] as const) {
      const source = sourceOf(message);
      expect(await buffer(file.read(source, start, end))).toEqual(plain.subarray(start, end));
      const touched = Math.max(0, Math.ceil(Math.min(end, 1000) / PAYLOAD) - Math.floor(start / PAYLOAD));
      expect(source.fetched).toBeLessThanOrEqual(touched * SMALL);
    }
  });

  it('SE-02 notices a cut tail before the first byte, even when only the beginning is wanted', async () => {
    const cut = message.subarray(0, FLOE_HEADER_LENGTH + 3 * SMALL);
    await expect(FloeFile.open(secret, sourceOf(cut))).rejects.toHaveProperty('reason', 'truncated');
  });

  it('SE-02 notices a source that gives less than it promised', async () => {
    const file = await FloeFile.open(secret, sourceOf(message));
    const short: RangeSource = { length: message.length, read: (start) => sourceOf(message).read(start, start + 70) };
    await expect(buffer(file.read(short, 0, 500))).rejects.toHaveProperty('reason', 'truncated');
  });
});

describe('SE-02 FLOE refuses what was not written', () => {
  const plain = randomBytes(3 * PAYLOAD + 5);
  const message = encryptBuffer({ ...secret, segmentLength: SMALL }, plain);
  const segment = (n: number) =>
    message.subarray(FLOE_HEADER_LENGTH + n * SMALL, Math.min(FLOE_HEADER_LENGTH + (n + 1) * SMALL, message.length));
  const header = message.subarray(0, FLOE_HEADER_LENGTH);

  it('SE-02 a flipped bit anywhere', async () => {
    for (let at = 0; at < message.length; at++) {
      const changed = Buffer.from(message);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      expect(() => decryptBuffer(secret, changed), `byte ${at}`).toThrow(FloeError);
      await expect(buffer(decryptStream(secret, [changed])), `byte ${at}`).rejects.toBeInstanceOf(FloeError);
    }
  });

  it('SE-02 a cut at any length', async () => {
    for (let length = 0; length < message.length; length++) {
      await expectRefused(message.subarray(0, length), 'truncated');
    }
  });

  it('SE-02 swapped, repeated, missing and foreign segments, and bytes after the end', async () => {
    const foreign = encryptBuffer({ ...secret, segmentLength: SMALL }, plain);
    const theirs = foreign.subarray(FLOE_HEADER_LENGTH, FLOE_HEADER_LENGTH + SMALL);
    for (const body of [
      [segment(1), segment(0), segment(2), segment(3)],
      [segment(0), segment(0), segment(2), segment(3)],
      [segment(0), segment(2), segment(3)],
      [theirs, segment(1), segment(2), segment(3)],
      [segment(0), segment(1), segment(2), segment(3), Buffer.from([0])],
      [segment(0), segment(1), segment(2), segment(3), segment(3)],
    ]) {
      await expectRefusedAnyhow(Buffer.concat([header, ...body]));
    }
  });

  it('SE-02 another key, other additional data', async () => {
    await expectRefused(message, 'header', { ...secret, key: randomBytes(32) });
    await expectRefused(message, 'header', { ...secret, aad: Buffer.from('tenant, other object') });
  });

  async function expectRefusedAnyhow(bytes: Buffer): Promise<void> {
    expect(() => decryptBuffer(secret, bytes)).toThrow(FloeError);
    await expect(buffer(decryptStream(secret, [bytes]))).rejects.toBeInstanceOf(FloeError);
    const open = async () => buffer((await FloeFile.open(secret, sourceOf(bytes))).read(sourceOf(bytes)));
    await expect(open()).rejects.toBeInstanceOf(FloeError);
  }
});
