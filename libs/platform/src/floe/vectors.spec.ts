import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decryptBuffer, decryptStream } from './index.js';
import { FloeMessage } from './message.js';

interface Vectors {
  messages: {
    segmentLength: number;
    key: string;
    aad: string;
    plaintextLength: number;
    plaintextSeed: number;
    ciphertext: string;
  }[];
  rotation: {
    key: string;
    aad: string;
    header: string;
    segments: { position: number; final: boolean; plaintext: string; segment: string }[];
  };
}

const file = new URL('./vectors/fast-floe-0.3.5.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

/** The generator's xorshift32: the low byte of each state after the seed. */
function pattern(length: number, seed: number): Buffer {
  let x = seed;
  return Buffer.from(
    Array.from({ length }, () => {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      return x & 0xff;
    }),
  );
}

describe('SE-02 FLOE known answers from an independent implementation', () => {
  it.each(vectors.messages)('SE-02 segments of $segmentLength, $plaintextLength bytes', async (vector) => {
    const secret = { key: Buffer.from(vector.key, 'hex'), aad: Buffer.from(vector.aad, 'hex') };
    const ciphertext = Buffer.from(vector.ciphertext, 'base64');
    const plaintext = pattern(vector.plaintextLength, vector.plaintextSeed);
    expect(ciphertext.readUInt32BE(2)).toBe(vector.segmentLength);
    expect(decryptBuffer(secret, ciphertext).equals(plaintext)).toBe(true);
    const streamed: Buffer[] = [];
    for await (const part of decryptStream(secret, [ciphertext])) streamed.push(part);
    expect(Buffer.concat(streamed).equals(plaintext)).toBe(true);
  });

  it('SE-02 segments on both sides of each key rotation', () => {
    const { key, aad, header, segments } = vectors.rotation;
    const secret = { key: Buffer.from(key, 'hex'), aad: Buffer.from(aad, 'hex') };
    const message = FloeMessage.open(secret, Buffer.from(header, 'hex'));
    expect(segments.map((segment) => segment.position)).toContain(2 ** 20);
    for (const { position, final, plaintext, segment } of segments) {
      expect(message.decryptSegment(Buffer.from(segment, 'hex'), position, final).toString('hex')).toBe(plaintext);
    }
  });
});
