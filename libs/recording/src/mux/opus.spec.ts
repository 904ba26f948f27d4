import { describe, expect, it } from 'vitest';
import { opusSamples, opusSilence } from './opus.js';

describe('RE-01 Opus packets', () => {
  it('RE-01 counts samples by the TOC (RFC 6716)', () => {
    expect(opusSamples(Uint8Array.from([0xfc, 0xff, 0xfe]))).toBe(960);
    expect(opusSamples(Uint8Array.from([0x78]))).toBe(960); // hybrid, 20 ms
    expect(opusSamples(Uint8Array.from([0x18]))).toBe(2880); // SILK, 60 ms
    expect(opusSamples(Uint8Array.from([0x09, 1, 1]))).toBe(1920); // two SILK frames of 20 ms
    expect(opusSamples(Uint8Array.from([]))).toBe(0);
  });

  it('RE-01 makes silence of exactly the length asked for, in steps of 2.5 ms', () => {
    for (const samples of [0, 120, 960, 4800, 5400, 48_000, 100_000]) {
      const packets = opusSilence(samples, true);
      expect(packets.reduce((sum, packet) => sum + packet.samples, 0)).toBe(samples - (samples % 120));
      for (const packet of packets) expect(opusSamples(packet.data)).toBe(packet.samples);
    }
  });
});
