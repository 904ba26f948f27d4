import { describe, expect, it } from 'vitest';
import { opusFormat, opusFrame, rtpPacket, senderReport } from '../testing/synthetic-rtp.js';
import { exportMjr } from './mjr.js';
import { PieceBuilder } from './piece-builder.js';
import { decodePiece, PieceFormatError } from './piece-format.js';
import type { JournalRecord } from './records.js';

const packet = (i: number): JournalRecord => ({
  kind: 'rtp',
  at: 1_800_000_000_000 + 20 * i,
  packet: rtpPacket({ payloadType: 100, sequence: i, timestamp: 960 * i, ssrc: 11, payload: opusFrame(i) }),
});
const records: JournalRecord[] = [
  { kind: 'format', at: 1_800_000_000_000, format: opusFormat },
  { kind: 'clock', at: 1_800_000_000_000.25, workerMs: 12.5, serverMs: 1_800_000_000_000 },
  packet(1),
  senderReport({ at: 1_800_000_000_030, ssrc: 11, workerMs: 4_000_000_123.75, rtpTimestamp: 4_294_967_295 }),
  packet(2),
];

describe('RE-01 journal pieces', () => {
  it('RE-01 gives back every record as it was', () => {
    const builder = new PieceBuilder();
    for (const record of records) expect(builder.add(record)).toBeNull();
    const piece = builder.take();
    expect(piece && [...decodePiece(piece)]).toEqual(records);
    expect(builder.take()).toBeNull();
  });

  it('RE-01 ends a piece by time and by size', () => {
    const byTime = new PieceBuilder({ maxMs: 100, maxBytes: 1e9 });
    expect([1, 2, 3, 4, 5, 6].map((i) => byTime.add(packet(i)) !== null)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
    const bySize = new PieceBuilder({ maxMs: 1e9, maxBytes: 60 });
    expect([1, 2].map((i) => bySize.add(packet(i)) !== null)).toEqual([false, true]);
  });

  it('RE-01 refuses a piece that was cut or is none', () => {
    const builder = new PieceBuilder();
    records.forEach((record) => builder.add(record));
    const piece = builder.take() ?? Buffer.alloc(0);
    expect(() => [...decodePiece(piece.subarray(0, piece.length - 3))]).toThrow(PieceFormatError);
    expect(() => [...decodePiece(Buffer.from('nonsense that is long enough'))]).toThrow(PieceFormatError);
  });

  it('RE-01 exports one encoding in the .mjr layout', () => {
    const file = exportMjr(records, opusFormat, 11);
    expect(file?.subarray(0, 8).toString()).toBe('MJR00002');
    const json = file?.subarray(10, 10 + (file.readUInt16BE(8) ?? 0)).toString() ?? '';
    expect(JSON.parse(json)).toMatchObject({ t: 'a', c: 'opus' });
    expect(file?.toString('latin1').split('MEET')).toHaveLength(3);
    expect(exportMjr(records, { ...opusFormat, mimeType: 'audio/PCMU' }, 11)).toBeNull();
  });
});
