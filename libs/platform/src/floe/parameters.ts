import { FloeError } from './floe-error.js';

/** Segment lengths (bytes of one encrypted segment) that FLOE's own test vectors use, and ours. */
export const FLOE_SEGMENT_4K = 4096;
export const FLOE_SEGMENT_1M = 1024 * 1024;
/** Default: a seek in a recording decrypts at most 64 KiB too much, and the overhead is 32 bytes in 65,536 (0.05 %). */
export const FLOE_SEGMENT_64K = 64 * 1024;

export const KEY_LENGTH = 32;
export const IV_LENGTH = 32;
export const PARAMETERS_LENGTH = 10;
export const HEADER_TAG_LENGTH = 32;
/** Bytes before the first segment: parameters, IV, header tag. */
export const FLOE_HEADER_LENGTH = PARAMETERS_LENGTH + IV_LENGTH + HEADER_TAG_LENGTH;
export const AEAD_IV_LENGTH = 12;
export const AEAD_TAG_LENGTH = 16;
export const LENGTH_PREFIX = 4;
/** Bytes that one segment is longer than its plaintext: length, IV and tag of AES-GCM. */
export const FLOE_SEGMENT_OVERHEAD = LENGTH_PREFIX + AEAD_IV_LENGTH + AEAD_TAG_LENGTH;

/** The length field of every segment but the last. */
export const NOT_FINAL = 0xffffffff;

const AEAD_AES_GCM_256 = 0;
const KDF_HKDF_EXPAND_SHA_384 = 0;
/** One byte of plaintext per segment would be legal but absurd; the specification's vectors start at 64. */
const MIN_SEGMENT_LENGTH = 64;
/** A reader allocates one segment, so an attacker's header must not make it allocate 4 GiB. */
const MAX_SEGMENT_LENGTH = 16 * 1024 * 1024;

/** Refuses segment lengths that this implementation neither writes nor reads. */
export function checkSegmentLength(segmentLength: number): number {
  if (!Number.isInteger(segmentLength) || segmentLength < MIN_SEGMENT_LENGTH || segmentLength > MAX_SEGMENT_LENGTH) {
    throw new FloeError('parameters', `A segment length of ${segmentLength} bytes is not supported`);
  }
  return segmentLength;
}

/** PARAM_ENCODE: AEAD id (1), KDF id (1), segment length (4, big endian), IV length (4). */
export function encodeParameters(segmentLength: number): Buffer {
  const bytes = Buffer.alloc(PARAMETERS_LENGTH);
  bytes.writeUInt8(AEAD_AES_GCM_256, 0);
  bytes.writeUInt8(KDF_HKDF_EXPAND_SHA_384, 1);
  bytes.writeUInt32BE(checkSegmentLength(segmentLength), 2);
  bytes.writeUInt32BE(IV_LENGTH, 6);
  return bytes;
}

/**
 * The segment length named by a header that is not yet authenticated.
 * @throws FloeError `truncated` when shorter than a header, `parameters` when it is no FLOE header we know.
 */
export function readSegmentLength(header: Uint8Array): number {
  if (header.length < FLOE_HEADER_LENGTH) throw new FloeError('truncated', 'The message ends inside its header');
  const bytes = Buffer.from(header.buffer, header.byteOffset, PARAMETERS_LENGTH);
  const known =
    bytes.readUInt8(0) === AEAD_AES_GCM_256 &&
    bytes.readUInt8(1) === KDF_HKDF_EXPAND_SHA_384 &&
    bytes.readUInt32BE(6) === IV_LENGTH;
  if (!known) throw new FloeError('parameters', 'Not a FLOE message with AES-256-GCM and HKDF-SHA-384');
  return checkSegmentLength(bytes.readUInt32BE(2));
}
