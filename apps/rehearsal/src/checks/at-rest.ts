import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { filesBelow } from './files.js';

/**
 * What files of ours begin with before they are encrypted: WebM (EBML's magic number) and a piece of the journal. Looked for
 * at the start only: four bytes turn up by chance.
 */
const beginnings = { EBML: Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), LYJP: Buffer.from('LYJP') };

/** Words long enough to mean something wherever they stand: in WebM's track entries, and in the manifest of a journal. */
const words = ['OpusHead', 'V_VP8', '"roomOpenedAtMs"'];

/** A tenant's object by its path in the store: bucket, tenant's id, name. */
const ofTenant = /^[^/.][^/]*\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\//;

const FLOE_HEADER_BYTES = 74;

/** Whether it begins as a FLOE message does (c2sp.org/FLOE): AES-256-GCM, HKDF-SHA-384, a segment length, IVs of 32 bytes. */
const isFloe = (bytes: Buffer): boolean =>
  bytes.length > FLOE_HEADER_BYTES && bytes.readUInt16BE(0) === 0 && bytes.readUInt32BE(6) === 32;

/**
 * Looks at everything in the store's directory.
 * @returns how many tenants' objects there are; which files show a recording's marks, and which objects are no FLOE
 */
export function plaintextIn(directory: string): { objects: number; found: string[] } {
  const files = filesBelow(directory).map((file) => ({ file, isObject: ofTenant.test(relative(directory, file)) }));
  const found = files.flatMap(({ file, isObject }) => {
    const bytes = readFileSync(file);
    const marks = words.filter((word) => bytes.includes(word));
    for (const [name, magic] of Object.entries(beginnings)) if (bytes.indexOf(magic) === 0) marks.push(name);
    if (isObject && !isFloe(bytes)) marks.push('no FLOE');
    return marks.map((mark) => `${mark} in ${file}`);
  });
  return { objects: files.filter(({ isObject }) => isObject).length, found };
}
