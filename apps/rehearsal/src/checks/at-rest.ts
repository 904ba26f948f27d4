import { readFileSync } from 'node:fs';
import { filesBelow } from './files.js';

/** EBML's magic number, which every WebM file begins with. Looked for at the start only: four bytes turn up by chance. */
const EBML = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);

/** The stored objects, and which of them show a recording's marks or one of `texts` in the clear. */
export function plaintextIn(directory: string, texts: readonly string[]): { objects: number; found: string[] } {
  const files = filesBelow(directory);
  const found = files.flatMap((file) => {
    const bytes = readFileSync(file);
    const marks = ['OpusHead', 'V_VP8', ...texts].filter((mark) => bytes.includes(mark));
    if (bytes.subarray(0, EBML.length).equals(EBML)) marks.push('EBML');
    return marks.map((mark) => `${mark} in ${file}`);
  });
  return { objects: files.length, found };
}
