import { expect, it } from 'vitest';
import { soundAfterPicture } from './offset.js';

it('AN-01 tells how far sound trails its picture, whatever frames were dropped', () => {
  const start = 1_700_000_000_123;
  const frames = Array.from({ length: 300 }, (_, n) => ({ at: start + n * 50, person: 2, frame: n % 200 })).filter(
    (_, n) => n % 7 !== 0,
  );
  const pulses = Array.from({ length: 14 }, (_, n) => ({ at: start + 40 + n * 1000, person: 2 }));
  expect(soundAfterPicture(frames, pulses, 2)).toBe(40);
  expect(soundAfterPicture(frames, pulses, 1)).toBeNaN();
});
