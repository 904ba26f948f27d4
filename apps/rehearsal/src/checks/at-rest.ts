import { readFileSync } from 'node:fs';
import { filesBelow } from './files.js';

/** What a recording or a chat would begin with or contain if it were not encrypted: EBML's magic number, Opus' header. */
const markers: readonly (readonly [string, Buffer])[] = [
  ['EBML', Buffer.from([0x1a, 0x45, 0xdf, 0xa3])],
  ['OpusHead', Buffer.from('OpusHead')],
];

/** The stored objects, and which of them show a marker or one of `texts` in the clear. */
export function plaintextIn(directory: string, texts: readonly string[]): { objects: number; found: string[] } {
  const wanted = [...markers, ...texts.map((text): [string, Buffer] => [text, Buffer.from(text)])];
  const files = filesBelow(directory);
  const found = files.flatMap((file) => {
    const bytes = readFileSync(file);
    return wanted.filter(([, marker]) => bytes.includes(marker)).map(([name]) => `${name} in ${file}`);
  });
  return { objects: files.length, found };
}
