import { describe, expect, it } from 'vitest';
import { assumedHeight, cameraEncodings, encodingCount, layerFor } from './simulcast.js';

describe('simulcast', () => {
  it('AV-04 sends one encoding below 270 lines, two below 540, else three', () => {
    expect([180, 269, 270, 360, 539, 540, 720, 1080].map(encodingCount)).toEqual([1, 1, 2, 2, 2, 3, 3, 3]);
  });

  it('AV-04 halves the picture from layer to layer, the largest last and whole', () => {
    expect(cameraEncodings(720).map((encoding) => encoding.scaleResolutionDownBy)).toEqual([4, 2, 1]);
    expect(cameraEncodings(360).map((encoding) => encoding.scaleResolutionDownBy)).toEqual([2, 1]);
    expect(cameraEncodings(180).map((encoding) => encoding.scaleResolutionDownBy)).toEqual([1]);
  });

  it('AV-04 gives larger pictures more bits', () => {
    const rates = cameraEncodings(720).map((encoding) => encoding.maxBitrate ?? 0);
    expect([...rates].sort((a, b) => a - b)).toEqual(rates);
  });

  it('AV-04 picks the smallest layer that fills the tile', () => {
    expect(layerFor(160, 720, 3)).toBe(0);
    expect(layerFor(225, 720, 3)).toBe(0);
    expect(layerFor(300, 720, 3)).toBe(1);
    expect(layerFor(700, 720, 3)).toBe(2);
    expect(layerFor(2000, 720, 3)).toBe(2);
    expect(layerFor(2000, 180, 1)).toBe(0);
    expect(layerFor(340, assumedHeight(2), 2)).toBe(1);
  });
});
