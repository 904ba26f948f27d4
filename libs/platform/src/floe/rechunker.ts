/** Collects chunks of any size and hands out pieces of the size wanted, copying each byte at most once. */
export class Rechunker {
  private chunks: Uint8Array[] = [];
  length = 0;

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.chunks.push(chunk);
    this.length += chunk.length;
  }

  /** The next `size` bytes; the caller has checked that `length` suffices. */
  take(size: number): Buffer {
    const parts: Uint8Array[] = [];
    let missing = size;
    let used = 0;
    while (missing > 0) {
      const chunk = this.chunks[used];
      if (chunk === undefined) throw new RangeError(`Only ${this.length} of ${size} bytes are there`);
      if (chunk.length <= missing) {
        parts.push(chunk);
        used += 1;
      } else {
        parts.push(chunk.subarray(0, missing));
        this.chunks[used] = chunk.subarray(missing);
      }
      missing -= Math.min(missing, chunk.length);
    }
    this.chunks.splice(0, used);
    this.length -= size;
    return Buffer.concat(parts, size);
  }
}
