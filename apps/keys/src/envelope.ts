import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes of every key we wrap: AES-256. */
export const KEY_BYTES = 32;
const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Version, IV, encrypted key, tag. */
const ENVELOPE_BYTES = 1 + IV_BYTES + KEY_BYTES + TAG_BYTES;

/** The bytes are no key that was wrapped by this key for this context. */
export class NotAuthentic extends Error {
  override readonly name = 'NotAuthentic';
}

/**
 * Wraps a key with AES-256-GCM. The context is authenticated, not stored: a wrapped key moved to another tenant's row
 * does not open. Random IVs are safe up to 2^32 wrappings by one key; a tenant makes a few per recording.
 */
export function wrapKey(wrappingKey: Buffer, key: Buffer, context: readonly string[]): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(encodeContext(context));
  const body = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), iv, body, cipher.getAuthTag()]);
}

/** The key in an envelope of `wrapKey`. @throws NotAuthentic */
export function unwrapKey(wrappingKey: Buffer, envelope: Buffer, context: readonly string[]): Buffer {
  if (envelope.length !== ENVELOPE_BYTES || envelope[0] !== VERSION) throw new NotAuthentic('not an envelope of ours');
  const iv = envelope.subarray(1, 1 + IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(encodeContext(context));
  decipher.setAuthTag(envelope.subarray(-TAG_BYTES));
  const key = decipher.update(envelope.subarray(1 + IV_BYTES, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    throw new NotAuthentic('wrong key or context');
  }
  return key;
}

/** JSON of strings only is one-to-one: no two contexts share their bytes. */
function encodeContext(context: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(['lyceum.key.1', ...context]));
}
