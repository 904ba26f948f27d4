import type { FilePart } from './webm-file.js';

/** Big enough that an hour of video is some hundred objects, small enough to be stored in a moment when the class ends. */
const PART_BYTES = 1024 * 1024;

/** Joins neighbouring stretches of a file into parts of about a megabyte. */
export class PartCollector {
  private chunks: Buffer[] = [];
  private offset = 0;
  private bytes = 0;

  /** @returns the parts that are complete */
  add(parts: readonly FilePart[]): FilePart[] {
    const out: FilePart[] = [];
    for (const part of parts) {
      if (this.bytes > 0 && part.offset !== this.offset + this.bytes) out.push(...this.flush());
      if (this.bytes === 0) this.offset = part.offset;
      this.chunks.push(part.data);
      this.bytes += part.data.length;
      if (this.bytes >= PART_BYTES) out.push(...this.flush());
    }
    return out;
  }

  /** What is left, ready or not. */
  flush(): FilePart[] {
    if (this.bytes === 0) return [];
    const part = { offset: this.offset, data: Buffer.concat(this.chunks, this.bytes) };
    this.chunks = [];
    this.bytes = 0;
    return [part];
  }
}
