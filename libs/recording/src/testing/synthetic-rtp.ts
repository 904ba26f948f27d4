import type { JournalRecord, TrackFormat } from '../journal/records.js';

/** Builds one RTP packet without extensions. */
export function rtpPacket(p: {
  payloadType: number;
  sequence: number;
  timestamp: number;
  ssrc: number;
  marker?: boolean;
  payload: Uint8Array;
}): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8((p.marker ? 0x80 : 0) | p.payloadType, 1);
  header.writeUInt16BE(p.sequence & 0xffff, 2);
  header.writeUInt32BE(p.timestamp >>> 0, 4);
  header.writeUInt32BE(p.ssrc, 8);
  return Buffer.concat([header, p.payload]);
}

export const opusFormat: TrackFormat = {
  mimeType: 'audio/opus',
  payloadType: 100,
  clockRate: 48_000,
  channels: 2,
  ssrcs: [11],
};
export const vp8Format: TrackFormat = {
  mimeType: 'video/VP8',
  payloadType: 101,
  clockRate: 90_000,
  channels: 1,
  ssrcs: [21],
};

/** 20 ms of stereo full-band CELT whose content is of no interest. */
export const opusFrame = (fill: number): Buffer => Buffer.from([0xfc, fill & 0xff, 1, 2, 3]);

/** A VP8 frame with its RTP descriptor; key frames carry a true header of the given size. */
export function vp8Payload(key: boolean, width = 640, height = 360): Buffer {
  const descriptor = Buffer.from([0x10]);
  if (!key) return Buffer.concat([descriptor, Buffer.from([0x31, 0, 0, 7, 7, 7])]);
  const header = Buffer.from([0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0, 0, 0, 0, 9, 9, 9]);
  header.writeUInt16LE(width, 6);
  header.writeUInt16LE(height, 8);
  return Buffer.concat([descriptor, header]);
}

/** The clock of an imaginary room worker: an epoch of its own, `offsetMs` away from the server's. */
export function senderReport(p: { at: number; ssrc: number; workerMs: number; rtpTimestamp: number }): JournalRecord {
  return {
    kind: 'sr',
    at: p.at,
    ssrc: p.ssrc,
    ntpSeconds: Math.floor(p.workerMs / 1000),
    ntpFraction: Math.floor(((p.workerMs % 1000) / 1000) * 2 ** 32),
    rtpTimestamp: p.rtpTimestamp >>> 0,
    packets: 0,
    octets: 0,
  };
}
