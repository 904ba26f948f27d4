import type { JournalRecord, TrackFormat } from './records.js';

/**
 * A piece before encryption: `LYJP`, version 1 (1 byte), 3 zero bytes, base time (float64, ms since the epoch), then records:
 * kind (1 byte), microseconds since the base (uint32), length (uint16), body. All big endian. Decision record 0060.
 */
const MAGIC = Buffer.from('LYJP');
const VERSION = 1;
export const PIECE_HEADER_BYTES = 16;
const RECORD_HEADER_BYTES = 7;
const KIND = { rtp: 1, sr: 2, clock: 3, format: 4 } as const;

/** The bytes don't follow the format. Authenticated decryption came before, so this is a bug, never an attack. */
export class PieceFormatError extends Error {}

export function encodePieceHeader(baseMs: number): Buffer {
  const header = Buffer.alloc(PIECE_HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt8(VERSION, 4);
  header.writeDoubleBE(baseMs, 8);
  return header;
}

export function encodeRecord(record: JournalRecord, baseMs: number): Buffer {
  const body = encodeBody(record);
  const bytes = Buffer.allocUnsafe(RECORD_HEADER_BYTES + body.length);
  bytes.writeUInt8(KIND[record.kind], 0);
  bytes.writeUInt32BE(Math.min(0xffff_ffff, Math.max(0, Math.round((record.at - baseMs) * 1000))), 1);
  bytes.writeUInt16BE(body.length, 5);
  body.copy(bytes, RECORD_HEADER_BYTES);
  return bytes;
}

function encodeBody(record: JournalRecord): Buffer {
  switch (record.kind) {
    case 'rtp':
      return record.packet;
    case 'sr': {
      const { ssrc, ntpSeconds, ntpFraction, rtpTimestamp, packets, octets } = record;
      const body = Buffer.alloc(24);
      [ssrc, ntpSeconds, ntpFraction, rtpTimestamp, packets, octets].forEach((v, i) =>
        body.writeUInt32BE(v >>> 0, 4 * i),
      );
      return body;
    }
    case 'clock': {
      const body = Buffer.alloc(16);
      body.writeDoubleBE(record.workerMs, 0);
      body.writeDoubleBE(record.serverMs, 8);
      return body;
    }
    case 'format':
      return Buffer.from(JSON.stringify(record.format));
  }
}

/** Records of one decrypted piece, in order. Packets are views of `piece`. Throws PieceFormatError. */
export function* decodePiece(piece: Buffer): Generator<JournalRecord> {
  if (piece.length < PIECE_HEADER_BYTES || !piece.subarray(0, 4).equals(MAGIC)) throw new PieceFormatError('no piece');
  if (piece.readUInt8(4) !== VERSION) throw new PieceFormatError(`version ${piece.readUInt8(4)}`);
  const baseMs = piece.readDoubleBE(8);
  let offset = PIECE_HEADER_BYTES;
  while (offset < piece.length) {
    if (offset + RECORD_HEADER_BYTES > piece.length) throw new PieceFormatError('cut record');
    const kind = piece.readUInt8(offset);
    const at = baseMs + piece.readUInt32BE(offset + 1) / 1000;
    const start = offset + RECORD_HEADER_BYTES;
    offset = start + piece.readUInt16BE(offset + 5);
    if (offset > piece.length) throw new PieceFormatError('cut record');
    yield decodeBody(kind, at, piece.subarray(start, offset));
  }
}

function decodeBody(kind: number, at: number, body: Buffer): JournalRecord {
  switch (kind) {
    case KIND.rtp:
      return { kind: 'rtp', at, packet: body };
    case KIND.sr:
      return {
        kind: 'sr',
        at,
        ssrc: body.readUInt32BE(0),
        ntpSeconds: body.readUInt32BE(4),
        ntpFraction: body.readUInt32BE(8),
        rtpTimestamp: body.readUInt32BE(12),
        packets: body.readUInt32BE(16),
        octets: body.readUInt32BE(20),
      };
    case KIND.clock:
      return { kind: 'clock', at, workerMs: body.readDoubleBE(0), serverMs: body.readDoubleBE(8) };
    case KIND.format:
      return { kind: 'format', at, format: JSON.parse(body.toString()) as TrackFormat };
    default:
      throw new PieceFormatError(`record of kind ${kind}`);
  }
}
