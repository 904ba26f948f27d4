/**
 * Records of the journal, in the order they reached the recorder. All of them belong to one track segment.
 * `at` is the recorder host's clock, milliseconds since the Unix epoch with fractions.
 */
export type JournalRecord = RtpRecord | SenderReportRecord | ClockRecord | FormatRecord;

/** One RTP packet, byte for byte. */
export interface RtpRecord {
  readonly kind: 'rtp';
  readonly at: number;
  readonly packet: Buffer;
}

/** RFC 3550 §6.4.1, as the piped producer's trace told it. Its `ntp` is the room's worker's clock at the time of sending. */
export interface SenderReportRecord {
  readonly kind: 'sr';
  readonly at: number;
  readonly ssrc: number;
  readonly ntpSeconds: number;
  readonly ntpFraction: number;
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly octets: number;
}

/** A pair of the room's worker's clock and the server's, both in milliseconds. */
export interface ClockRecord {
  readonly kind: 'clock';
  readonly at: number;
  readonly workerMs: number;
  readonly serverMs: number;
}

/** How to read the packets. The first record of a segment. */
export interface FormatRecord {
  readonly kind: 'format';
  readonly at: number;
  readonly format: TrackFormat;
}

export interface TrackFormat {
  /** `audio/opus`, `video/VP8`, … as in SDP. */
  readonly mimeType: string;
  readonly payloadType: number;
  /** Hz. */
  readonly clockRate: number;
  readonly channels: number;
  /** SSRCs by layer, the smallest picture first. */
  readonly ssrcs: readonly number[];
}

/** Milliseconds of a 64-bit NTP time stamp; whatever its epoch, it only has to be the same one in all of them. */
export const ntpToMs = (seconds: number, fraction: number): number => seconds * 1000 + (fraction / 2 ** 32) * 1000;
