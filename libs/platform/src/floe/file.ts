import { FloeError } from './floe-error.js';
import { layoutOfCiphertext, segmentBounds, type FloeLayout } from './layout.js';
import { FloeMessage, type FloeSecret } from './message.js';
import { FLOE_HEADER_LENGTH } from './parameters.js';
import { Rechunker } from './rechunker.js';

/** Ciphertext that can be read in ranges: a file, an object in a store. */
export interface RangeSource {
  /** Bytes of the whole ciphertext, as its keeper claims. */
  readonly length: number;
  /** Bytes from `start` to `end` (exclusive). */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

/**
 * A FLOE message with random access. Opening it authenticates the header and the final segment, and with it the
 * length: a message cut at a segment's border is noticed before the first byte is handed out, wherever one reads.
 */
export class FloeFile {
  private constructor(
    private readonly message: FloeMessage,
    private readonly layout: FloeLayout,
  ) {}

  /** @throws FloeError for a wrong key or context, a cut tail, and anything that is not FLOE. */
  static async open(secret: FloeSecret, source: RangeSource): Promise<FloeFile> {
    if (source.length < FLOE_HEADER_LENGTH) throw new FloeError('truncated', 'The message ends inside its header');
    const message = FloeMessage.open(secret, await collect(source, 0, FLOE_HEADER_LENGTH));
    const layout = layoutOfCiphertext(source.length, message.segmentLength);
    const { start, end } = segmentBounds(layout, layout.segments - 1);
    message.decryptSegment(await collect(source, start, end), layout.segments - 1, true);
    return new FloeFile(message, layout);
  }

  /** Bytes of plaintext, authenticated. */
  get plaintextLength(): number {
    return this.layout.plaintextLength;
  }

  /**
   * Plaintext from `start` to `end` (exclusive, clamped to the length), in one ranged read of whole segments.
   * @throws FloeError `segment` where a byte was changed, `truncated` when the source gives less than it promised.
   */
  async *read(source: RangeSource, start = 0, end = this.plaintextLength): AsyncGenerator<Buffer> {
    const stop = Math.min(end, this.plaintextLength);
    if (start >= stop) return;
    const { payloadLength, segments } = this.layout;
    const first = Math.floor(start / payloadLength);
    const last = Math.floor((stop - 1) / payloadLength);
    const from = segmentBounds(this.layout, first).start;
    const pending = new Rechunker();
    let position = first;
    const openNext = (): Buffer => {
      const bounds = segmentBounds(this.layout, position);
      const bytes = pending.take(Math.min(bounds.end - bounds.start, pending.length));
      const plaintext = this.message.decryptSegment(bytes, position, position === segments - 1);
      const offset = position * payloadLength;
      position += 1;
      return plaintext.subarray(Math.max(0, start - offset), stop - offset);
    };
    for await (const chunk of source.read(from, segmentBounds(this.layout, last).end)) {
      pending.push(chunk);
      while (position < last && pending.length >= this.layout.segmentLength) yield openNext();
    }
    while (position <= last) yield openNext();
  }
}

async function collect(source: RangeSource, start: number, end: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source.read(start, end)) parts.push(part);
  return Buffer.concat(parts);
}
