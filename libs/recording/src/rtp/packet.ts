/** What the recorder needs of an RTP packet (RFC 3550 §5.1); `payload` is a view without padding and extensions. */
export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  /** 16 bits. */
  readonly sequence: number;
  /** 32 bits, in the codec's clock. */
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Buffer;
}

const FIXED_HEADER = 12;

/** Parses one packet; null when it is none (wrong version, cut, or padding longer than the packet). */
export function parseRtp(bytes: Buffer): RtpPacket | null {
  if (bytes.length < FIXED_HEADER) return null;
  const first = bytes.readUInt8(0);
  if (first >> 6 !== 2) return null;
  const second = bytes.readUInt8(1);
  let start = FIXED_HEADER + 4 * (first & 0x0f);
  if (first & 0x10) {
    if (bytes.length < start + 4) return null;
    start += 4 + 4 * bytes.readUInt16BE(start + 2);
  }
  const padding = first & 0x20 ? bytes.readUInt8(bytes.length - 1) : 0;
  const end = bytes.length - padding;
  if (start > end) return null;
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, end),
  };
}

/** The stream a packet belongs to, without parsing the rest. */
export const ssrcOf = (bytes: Buffer): number => (bytes.length >= FIXED_HEADER ? bytes.readUInt32BE(8) : 0);
