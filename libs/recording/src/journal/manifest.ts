import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * Stored with the last piece, encrypted and authenticated like one: a journal whose tail was cut, or that lost a piece in
 * the middle, contradicts it.
 */
export const manifestSchema = z.strictObject({
  version: z.literal(1),
  recordingId: z.uuid(),
  trackId: z.uuid(),
  segmentId: z.uuid(),
  participantId: z.uuid(),
  source: z.string(),
  epoch: z.string(),
  roomOpenedAtMs: z.number(),
  /** In order; a number is missing only when the disk refused that piece. SHA-256 (hex) of the plain piece. */
  pieces: z.array(
    z.strictObject({ number: z.int().positive(), bytes: z.int().positive(), sha256: z.string().length(64) }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

export interface JournalFault {
  /** Number of the piece. */
  readonly piece: number;
  readonly fault: 'missing' | 'unreadable' | 'different' | 'unlisted';
}

/**
 * Compares a journal with its manifest.
 * @param pieces plain pieces by number; null for one that does not decrypt
 */
export function compareWithManifest(manifest: Manifest, pieces: ReadonlyMap<number, Buffer | null>): JournalFault[] {
  const faults: JournalFault[] = [];
  for (const { number, sha256: expected } of manifest.pieces) {
    const piece = pieces.get(number);
    if (piece === undefined) faults.push({ piece: number, fault: 'missing' });
    else if (piece === null) faults.push({ piece: number, fault: 'unreadable' });
    else if (sha256(piece).toString('hex') !== expected) faults.push({ piece: number, fault: 'different' });
  }
  const listed = new Set(manifest.pieces.map((piece) => piece.number));
  for (const number of pieces.keys()) {
    if (!listed.has(number)) faults.push({ piece: number, fault: 'unlisted' });
  }
  return faults;
}
