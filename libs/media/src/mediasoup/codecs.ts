import type { types } from 'mediasoup';

/**
 * What a room speaks. Opus with in-band FEC, DTX and retransmission; VP8, which every browser encodes as simulcast and
 * every player of our recordings decodes (docs/decisions/0050).
 */
export const routerCodecs: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1, minptime: 10 },
    rtcpFeedback: [{ type: 'nack' }, { type: 'transport-cc' }],
  },
  {
    kind: 'video',
    mimeType: 'video/VP8',
    clockRate: 90_000,
    parameters: { 'x-google-start-bitrate': 600 },
  },
];
