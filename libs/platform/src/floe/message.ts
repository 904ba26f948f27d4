import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { FloeError } from './floe-error.js';
import {
  AEAD_IV_LENGTH,
  AEAD_TAG_LENGTH,
  encodeParameters,
  FLOE_HEADER_LENGTH,
  FLOE_SEGMENT_OVERHEAD,
  HEADER_TAG_LENGTH,
  IV_LENGTH,
  KEY_LENGTH,
  LENGTH_PREFIX,
  NOT_FINAL,
  PARAMETERS_LENGTH,
  readSegmentLength,
} from './parameters.js';

/** What a message is read with: a 32-byte key and the data bound to it, which is not stored in the message. */
export interface FloeSecret {
  key: Uint8Array;
  aad: Uint8Array;
}

const CIPHER = 'aes-256-gcm';
/** One AES key serves 2^20 segments, far below the limits of AES-GCM with random IVs. */
const SEGMENTS_PER_KEY = 2 ** 20;
const MAX_SEGMENTS = 2 ** 40;
const MESSAGE_KEY_LENGTH = 48;
const AEAD_KEY_LENGTH = 32;

/**
 * State of one FLOE message (c2sp.org/FLOE, "Semi-Public Functions"): the header and its segments at any position.
 * It does not count: that every position is written once and the last one is final is the duty of the streams in
 * this folder, which is why it is not exported from the door.
 */
export class FloeMessage {
  private segmentKey: Buffer | null = null;
  private segmentKeyBase = -1;

  private constructor(
    readonly header: Buffer,
    readonly segmentLength: number,
    private readonly messageKey: Buffer,
    private readonly aad: Uint8Array,
  ) {}

  /** Starts a new message under a fresh random IV. */
  static create({ key, aad }: FloeSecret, segmentLength: number): FloeMessage {
    const prefix = Buffer.concat([encodeParameters(segmentLength), randomBytes(IV_LENGTH)]);
    checkKey(key);
    const header = Buffer.concat([prefix, derive(key, prefix, 'HEADER_TAG:', aad, HEADER_TAG_LENGTH)]);
    const messageKey = derive(key, prefix, 'MESSAGE_KEY:', aad, MESSAGE_KEY_LENGTH);
    return new FloeMessage(header, segmentLength, messageKey, Buffer.from(aad));
  }

  /**
   * Opens a message by its header, the first 74 bytes.
   * @throws FloeError `header` for a wrong key, other additional data or changed bytes.
   */
  static open({ key, aad }: FloeSecret, header: Uint8Array): FloeMessage {
    checkKey(key);
    const segmentLength = readSegmentLength(header);
    const bytes = Buffer.from(header.subarray(0, FLOE_HEADER_LENGTH));
    const prefix = bytes.subarray(0, PARAMETERS_LENGTH + IV_LENGTH);
    const expected = derive(key, prefix, 'HEADER_TAG:', aad, HEADER_TAG_LENGTH);
    if (!timingSafeEqual(expected, bytes.subarray(prefix.length))) {
      throw new FloeError('header', 'The header does not belong to this key and context');
    }
    const messageKey = derive(key, prefix, 'MESSAGE_KEY:', aad, MESSAGE_KEY_LENGTH);
    return new FloeMessage(bytes, segmentLength, messageKey, Buffer.from(aad));
  }

  /** Plaintext bytes in every segment but the last. */
  get payloadLength(): number {
    return this.segmentLength - FLOE_SEGMENT_OVERHEAD;
  }

  /** Encrypts one segment; each position at most once, `payloadLength` bytes unless final. */
  encryptSegment(plaintext: Uint8Array, position: number, final: boolean): Buffer {
    const fits = final ? plaintext.length <= this.payloadLength : plaintext.length === this.payloadLength;
    if (!fits) throw new FloeError('parameters', `A segment can't hold ${plaintext.length} bytes`);
    const length = plaintext.length + FLOE_SEGMENT_OVERHEAD;
    const prefix = Buffer.alloc(LENGTH_PREFIX);
    prefix.writeUInt32BE(final ? length : NOT_FINAL);
    const iv = randomBytes(AEAD_IV_LENGTH);
    const cipher = createCipheriv(CIPHER, this.keyFor(position), iv, { authTagLength: AEAD_TAG_LENGTH });
    cipher.setAAD(segmentAad(position, final));
    const body = cipher.update(plaintext);
    const rest = cipher.final();
    return Buffer.concat([prefix, iv, body, rest, cipher.getAuthTag()], length);
  }

  /**
   * Decrypts one whole segment.
   * @throws FloeError `segment` when its bytes, its position or its being the last are not what was written;
   *   `truncated` when it is cut or claims to be inner where the message ends.
   */
  decryptSegment(segment: Uint8Array, position: number, final: boolean): Buffer {
    const bytes = Buffer.from(segment.buffer, segment.byteOffset, segment.byteLength);
    this.checkFraming(bytes, position, final);
    const ivEnd = LENGTH_PREFIX + AEAD_IV_LENGTH;
    const tagStart = bytes.length - AEAD_TAG_LENGTH;
    const iv = bytes.subarray(LENGTH_PREFIX, ivEnd);
    const decipher = createDecipheriv(CIPHER, this.keyFor(position), iv, { authTagLength: AEAD_TAG_LENGTH });
    decipher.setAAD(segmentAad(position, final));
    decipher.setAuthTag(bytes.subarray(tagStart));
    const plaintext = decipher.update(bytes.subarray(ivEnd, tagStart));
    try {
      decipher.final();
    } catch {
      // OpenSSL's message says nothing more than this one.
      throw new FloeError('segment', `Segment ${position} was changed, moved or belongs to another message`);
    }
    return plaintext;
  }

  private checkFraming(bytes: Buffer, position: number, final: boolean): void {
    const shortest = final ? FLOE_SEGMENT_OVERHEAD : this.segmentLength;
    if (bytes.length < shortest) throw new FloeError('truncated', `The message ends inside segment ${position}`);
    if (bytes.length > this.segmentLength) throw new FloeError('parameters', `Segment ${position} is too long`);
    const claimed = bytes.readUInt32BE(0);
    if (final && claimed > bytes.length) {
      throw new FloeError('truncated', `The message ends at or inside segment ${position}, before its last`);
    }
    if (claimed !== (final ? bytes.length : NOT_FINAL)) {
      throw new FloeError('segment', `Segment ${position} has a wrong length field`);
    }
  }

  /** DERIVE_KEY: one AES key per 2^20 segments; the last one used is kept, since reads are mostly sequential. */
  private keyFor(position: number): Buffer {
    if (!Number.isSafeInteger(position) || position < 0 || position >= MAX_SEGMENTS) {
      throw new FloeError('parameters', `There is no segment ${position}`);
    }
    const base = position - (position % SEGMENTS_PER_KEY);
    if (this.segmentKey === null || this.segmentKeyBase !== base) {
      const purpose = Buffer.concat([Buffer.from('DEK:'), bigEndian64(base)]);
      const prefix = this.header.subarray(0, PARAMETERS_LENGTH + IV_LENGTH);
      this.segmentKey = derive(this.messageKey, prefix, purpose, this.aad, AEAD_KEY_LENGTH);
      this.segmentKeyBase = base;
    }
    return this.segmentKey;
  }
}

/**
 * FLOE_KDF: HKDF-Expand (RFC 5869, section 2.3) with SHA-384 over parameters, IV, purpose and additional data.
 * At most 48 bytes are ever wanted, which is one block, so that the whole expansion is a single HMAC.
 */
function derive(key: Uint8Array, prefix: Buffer, purpose: string | Buffer, aad: Uint8Array, length: number): Buffer {
  const hmac = createHmac('sha384', key).update(prefix).update(purpose).update(aad).update(FIRST_BLOCK);
  return hmac.digest().subarray(0, length);
}

const FIRST_BLOCK = Buffer.from([1]);

function segmentAad(position: number, final: boolean): Buffer {
  return Buffer.concat([bigEndian64(position), Buffer.from([final ? 1 : 0])]);
}

function bigEndian64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function checkKey(key: Uint8Array): void {
  if (key.length !== KEY_LENGTH) throw new FloeError('parameters', `A FLOE key has ${KEY_LENGTH} bytes`);
}
