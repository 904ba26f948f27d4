import { FloeError } from './floe-error.js';
import { checkSegmentLength, FLOE_HEADER_LENGTH, FLOE_SEGMENT_OVERHEAD } from './parameters.js';

/** Where the segments of one message lie. All numbers are bytes, counted from the start of header or plaintext. */
export interface FloeLayout {
  segmentLength: number;
  /** Plaintext bytes in every segment but the last. */
  payloadLength: number;
  /** Segments, the final one included: at least one. */
  segments: number;
  plaintextLength: number;
  ciphertextLength: number;
}

/** Layout of a message of `plaintextLength` bytes. An exact multiple ends in a full final segment, zero in an empty one. */
export function layoutOfPlaintext(plaintextLength: number, segmentLength: number): FloeLayout {
  const payloadLength = checkSegmentLength(segmentLength) - FLOE_SEGMENT_OVERHEAD;
  const segments = Math.max(1, Math.ceil(plaintextLength / payloadLength));
  const ciphertextLength = FLOE_HEADER_LENGTH + plaintextLength + segments * FLOE_SEGMENT_OVERHEAD;
  return { segmentLength, payloadLength, segments, plaintextLength, ciphertextLength };
}

/**
 * Layout that a ciphertext of this length must have. It is a claim until the final segment is authenticated.
 * @throws FloeError `truncated` when no whole message can have that length.
 */
export function layoutOfCiphertext(ciphertextLength: number, segmentLength: number): FloeLayout {
  const payloadLength = checkSegmentLength(segmentLength) - FLOE_SEGMENT_OVERHEAD;
  const body = ciphertextLength - FLOE_HEADER_LENGTH;
  const segments = Math.ceil(body / segmentLength);
  const last = body - (segments - 1) * segmentLength;
  if (body <= 0 || last < FLOE_SEGMENT_OVERHEAD) {
    throw new FloeError('truncated', `No whole message is ${ciphertextLength} bytes long`);
  }
  return {
    segmentLength,
    payloadLength,
    segments,
    plaintextLength: body - segments * FLOE_SEGMENT_OVERHEAD,
    ciphertextLength,
  };
}

/** Bytes that `plaintextLength` bytes take when encrypted. */
export function ciphertextLength(plaintextLength: number, segmentLength: number): number {
  return layoutOfPlaintext(plaintextLength, segmentLength).ciphertextLength;
}

/** Bytes of plaintext in an intact message of `ciphertextLength` bytes. */
export function plaintextLength(ciphertextLength: number, segmentLength: number): number {
  return layoutOfCiphertext(ciphertextLength, segmentLength).plaintextLength;
}

/** Start and end (exclusive) of segment `position` in the ciphertext. */
export function segmentBounds(layout: FloeLayout, position: number): { start: number; end: number } {
  const start = FLOE_HEADER_LENGTH + position * layout.segmentLength;
  return { start, end: Math.min(start + layout.segmentLength, layout.ciphertextLength) };
}
