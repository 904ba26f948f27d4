export { FloeError, type FloeErrorReason } from './floe-error.js';
export { FloeFile, type RangeSource } from './file.js';
export { ciphertextLength, plaintextLength } from './layout.js';
export type { FloeSecret } from './message.js';
export {
  FLOE_HEADER_LENGTH,
  FLOE_SEGMENT_1M,
  FLOE_SEGMENT_4K,
  FLOE_SEGMENT_64K,
  FLOE_SEGMENT_OVERHEAD,
  readSegmentLength,
} from './parameters.js';
export { decryptBuffer, decryptStream, encryptBuffer, encryptStream, type FloeEncryption } from './stream.js';
