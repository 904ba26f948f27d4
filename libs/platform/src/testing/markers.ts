/** What a recording shows of itself where it lies in the clear: EBML's magic number (RFC 8794), the head of Opus (RFC 7845). */
export const recordingMarkers: readonly Buffer[] = [Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.from('OpusHead')];
