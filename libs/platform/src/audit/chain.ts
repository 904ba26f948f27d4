import { sha256 } from './entry.js';

/** One link: `number` counts from 1 without holes, `hash` covers the number, the link before and the entry. */
export interface Link {
  number: bigint;
  entryId: string;
  entryHash: Buffer;
  previousHash: Buffer;
  hash: Buffer;
}

/** What the first link's `previousHash` is: bound to the tenant, so that a chain can't be moved to another one. */
export const genesisHash = (tenantId: string): Buffer => sha256(Buffer.from(`lyceum audit chain 1 ${tenantId}`));

/** SHA-256 over number (8 bytes, big endian), previous hash and entry hash (32 bytes each). */
export function linkHash(number: bigint, previousHash: Uint8Array, entryHash: Uint8Array): Buffer {
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64BE(number);
  return sha256(prefix, previousHash, entryHash);
}

/** The link that follows `head` for an entry's canonical bytes. */
export function nextLink(head: { number: bigint; hash: Buffer }, entryId: string, entry: Uint8Array): Link {
  const number = head.number + 1n;
  const entryHash = sha256(entry);
  return { number, entryId, entryHash, previousHash: head.hash, hash: linkHash(number, head.hash, entryHash) };
}
