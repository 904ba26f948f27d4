import { describe, expect, it } from 'vitest';
import { partsOf } from './parts.js';

describe('SE-02 parts of an upload', () => {
  it.each([
    { chunks: [] as number[], sizes: [] as number[] },
    { chunks: [0, 0], sizes: [] },
    { chunks: [3], sizes: [3] },
    { chunks: [8], sizes: [8] },
    { chunks: [9], sizes: [8, 1] },
    { chunks: [3, 4, 5, 20, 1], sizes: [8, 8, 8, 8, 1] },
  ])('SE-02 cuts $chunks into $sizes', async ({ chunks, sizes }) => {
    const body = Buffer.from(Array.from({ length: chunks.reduce((a, b) => a + b, 0) }, (_, index) => index));
    let at = 0;
    const source = chunks.map((length) => body.subarray(at, (at += length)));
    const parts: Buffer[] = [];
    async function* stream() {
      yield* source;
    }
    for await (const part of partsOf(stream(), 8)) parts.push(part);
    expect(parts.map((part) => part.length)).toEqual(sizes);
    expect(Buffer.concat(parts)).toEqual(body);
  });
});
