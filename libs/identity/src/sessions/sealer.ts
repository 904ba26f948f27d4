import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keeps small secrets where others could read or change them: tokens in a row, the state of a sign-in in a cookie.
 * AES-256-GCM with a random nonce; one key per purpose is derived from the session key, so a text sealed for one purpose
 * opens for no other.
 */
export class Sealer {
  readonly #key: Buffer;

  constructor(sessionKey: Buffer, purpose: string) {
    this.#key = Buffer.from(hkdfSync('sha256', sessionKey, Buffer.alloc(0), `lyceum ${purpose} v1`, 32));
  }

  /** @param boundTo what the text belongs to, e.g. the id of its row: elsewhere it won't open. */
  seal(text: string, boundTo: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(boundTo));
    return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  }

  /** @returns undefined for what we didn't seal, or for something else. */
  open(sealed: Buffer, boundTo: string): string | undefined {
    if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
    const tagAt = sealed.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(boundTo));
    decipher.setAuthTag(sealed.subarray(tagAt));
    try {
      return decipher.update(sealed.subarray(NONCE_BYTES, tagAt), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return undefined;
    }
  }
}
