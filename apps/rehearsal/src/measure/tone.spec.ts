import { expect, it } from 'vitest';
import { pulseStarts } from './tone.js';

it('AN-01 finds where tone pulses begin, and ignores other tones', () => {
  const rate = 48_000;
  const samples = new Float32Array(rate * 3);
  for (let i = 0; i < samples.length; i++) {
    const t = i / rate;
    const pulse = t % 1 >= 0.25 && t % 1 < 0.4;
    samples[i] = 0.02 * Math.sin(2 * Math.PI * 1200 * t) + (pulse ? 0.5 * Math.sin(2 * Math.PI * 850 * t) : 0);
  }
  const starts = pulseStarts(samples, 850, rate);
  expect(starts).toHaveLength(3);
  starts.forEach((start, index) => expect(Math.abs(start - (index * 1000 + 250))).toBeLessThan(10));
  expect(pulseStarts(samples, 2200, rate)).toEqual([]);
});
