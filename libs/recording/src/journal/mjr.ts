import type { JournalRecord, TrackFormat } from './records.js';
import { ssrcOf } from '../rtp/packet.js';

const CODEC: Readonly<Record<string, { type: 'a' | 'v'; name: string }>> = {
  'audio/opus': { type: 'a', name: 'opus' },
  'video/vp8': { type: 'v', name: 'vp8' },
  'video/vp9': { type: 'v', name: 'vp9' },
  'video/h264': { type: 'v', name: 'h264' },
  'video/av1': { type: 'v', name: 'av1' },
};

/**
 * Writes one encoding of a journal in the `.mjr` layout of the Janus gateway (`MJR00002`: a JSON header, then `MEET`, ms since
 * the first packet, length, packet), so that tools that share no code with us can read a recording.
 *
 * @param ssrc which encoding; `.mjr` holds one RTP stream a file
 * @returns the file; null when the codec has no name there
 */
export function exportMjr(records: Iterable<JournalRecord>, format: TrackFormat, ssrc: number): Buffer | null {
  const codec = CODEC[format.mimeType.toLowerCase()];
  if (!codec) return null;
  const chunks: Buffer[] = [];
  let firstAt: number | null = null;
  for (const record of records) {
    if (record.kind !== 'rtp' || ssrcOf(record.packet) !== ssrc) continue;
    firstAt ??= record.at;
    const head = Buffer.alloc(10);
    head.write('MEET', 0, 'latin1');
    head.writeUInt32BE(Math.max(0, Math.round(record.at - firstAt)), 4);
    head.writeUInt16BE(record.packet.length, 8);
    chunks.push(head, record.packet);
  }
  const micros = Math.round((firstAt ?? 0) * 1000);
  const json = Buffer.from(JSON.stringify({ t: codec.type, c: codec.name, s: micros, u: micros }));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(json.length);
  return Buffer.concat([Buffer.from('MJR00002'), length, json, ...chunks]);
}
