import type { types } from 'mediasoup-client';

/** Bit/s that a VP8 picture of this height deserves; doubling the height costs about three times as much. */
const bitrateFor = (height: number): number =>
  height <= 120 ? 80_000 : height <= 200 ? 170_000 : height <= 400 ? 550_000 : height <= 600 ? 1_000_000 : 1_800_000;

/**
 * Number of simulcast encodings for a camera of `height` lines. Browsers drop the top encoding when the smallest would get
 * too small, so small cameras send fewer.
 */
export const encodingCount = (height: number): 1 | 2 | 3 => (height < 270 ? 1 : height < 540 ? 2 : 3);

/** Encodings for a camera, smallest picture first: each has twice the lines of the one before, the last has all. */
export function cameraEncodings(height: number): types.RtpEncodingParameters[] {
  const count = encodingCount(height);
  return Array.from({ length: count }, (_, index) => {
    const scaleResolutionDownBy = 2 ** (count - 1 - index);
    return {
      scaleResolutionDownBy,
      maxBitrate: bitrateFor(height / scaleResolutionDownBy),
      scalabilityMode: 'L1T2',
    };
  });
}

/** One encoding: text must stay sharp, and slides change rarely. */
export const screenEncodings = (): types.RtpEncodingParameters[] => [
  { maxBitrate: 2_500_000, scalabilityMode: 'L1T2' },
];

/**
 * Smallest spatial layer that fills a tile of `tileHeight` device pixels, when the full picture has about `fullHeight` lines
 * and `encodings` layers that halve it. A picture may be stretched by a quarter before the next layer is worth it.
 */
export function layerFor(tileHeight: number, fullHeight: number, encodings: number): number {
  for (let layer = 0; layer < encodings - 1; layer += 1) {
    const lines = fullHeight / 2 ** (encodings - 1 - layer);
    if (lines * 1.25 >= tileHeight) return layer;
  }
  return encodings - 1;
}

/** What a camera with this many encodings has at least: the viewer is not told its size before the first picture. */
export const assumedHeight = (encodings: number): number => (encodings >= 3 ? 720 : encodings === 2 ? 360 : 180);
