import { FloeError } from './floe-error.js';
import { layoutOfCiphertext, segmentBounds } from './layout.js';
import { FloeMessage, type FloeSecret } from './message.js';
import { FLOE_HEADER_LENGTH, FLOE_SEGMENT_64K } from './parameters.js';
import { Rechunker } from './rechunker.js';

export interface FloeEncryption extends FloeSecret {
  /** Bytes of one encrypted segment, 64 to 16 MiB; 64 KiB unless given. */
  segmentLength?: number;
}

/**
 * Encrypts a stream in bounded memory: yields the header, then whole segments.
 * The last one is marked final, so a reader notices when the tail is missing.
 */
export async function* encryptStream(
  { segmentLength = FLOE_SEGMENT_64K, ...secret }: FloeEncryption,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const message = FloeMessage.create(secret, segmentLength);
  const pending = new Rechunker();
  let position = 0;
  yield message.header;
  for await (const chunk of source) {
    pending.push(chunk);
    // A segment is only known not to be the last when at least one byte follows it.
    while (pending.length > message.payloadLength) {
      yield message.encryptSegment(pending.take(message.payloadLength), position++, false);
    }
  }
  yield message.encryptSegment(pending.take(pending.length), position, true);
}

/**
 * Decrypts a stream, yielding the plaintext of each segment once it is authenticated.
 * What was yielded before an error was written by the key's holder at that place; only a normal end says it was all.
 * @throws FloeError at the first byte that does not belong.
 */
export async function* decryptStream(
  secret: FloeSecret,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const pending = new Rechunker();
  let message: FloeMessage | null = null;
  let position = 0;
  for await (const chunk of source) {
    pending.push(chunk);
    if (message === null) {
      if (pending.length < FLOE_HEADER_LENGTH) continue;
      message = FloeMessage.open(secret, pending.take(FLOE_HEADER_LENGTH));
    }
    while (pending.length > message.segmentLength) {
      yield message.decryptSegment(pending.take(message.segmentLength), position++, false);
    }
  }
  if (message === null) throw new FloeError('truncated', 'The message ends inside its header');
  yield message.decryptSegment(pending.take(pending.length), position, true);
}

/** Encrypts a whole buffer at once. */
export function encryptBuffer(
  { segmentLength = FLOE_SEGMENT_64K, ...secret }: FloeEncryption,
  plaintext: Uint8Array,
): Buffer {
  const message = FloeMessage.create(secret, segmentLength);
  const parts = [message.header];
  let start = 0;
  while (plaintext.length - start > message.payloadLength) {
    parts.push(
      message.encryptSegment(plaintext.subarray(start, start + message.payloadLength), parts.length - 1, false),
    );
    start += message.payloadLength;
  }
  parts.push(message.encryptSegment(plaintext.subarray(start), parts.length - 1, true));
  return Buffer.concat(parts);
}

/**
 * Decrypts a whole message; nothing is returned unless all of it is authentic.
 * @throws FloeError
 */
export function decryptBuffer(secret: FloeSecret, ciphertext: Uint8Array): Buffer {
  const message = FloeMessage.open(secret, ciphertext);
  const layout = layoutOfCiphertext(ciphertext.length, message.segmentLength);
  const parts: Buffer[] = [];
  for (let position = 0; position < layout.segments; position++) {
    const { start, end } = segmentBounds(layout, position);
    parts.push(message.decryptSegment(ciphertext.subarray(start, end), position, position === layout.segments - 1));
  }
  return Buffer.concat(parts);
}
