import { expect, it } from 'vitest';
import { offsetAgainstLive } from './offset.js';

const start = 1_700_000_000_123;
const pulses = (late: number) => Array.from({ length: 14 }, (_, n) => ({ at: start + late + n * 1000, person: 2 }));
/** Frames of a camera that falls behind by `lag` ms with every picture, shown `late` ms after they were taken. */
const frames = (late: number, lag: number) =>
  Array.from({ length: 300 }, (_, n) => ({ at: start + late + n * (50 + lag), person: 2, frame: n % 200 }));

it('AN-01 tells how much further sound trails its picture than it did live, whatever frames were dropped', () => {
  const live = { frames: frames(300, 0).filter((_, n) => n % 7 !== 0), pulses: pulses(310) };
  expect(offsetAgainstLive(live, { frames: frames(0, 0), pulses: pulses(50) })).toBe(40);
  expect(offsetAgainstLive({ frames: [], pulses: live.pulses }, live)).toBeNaN();
  expect(offsetAgainstLive(live, { frames: live.frames, pulses: [] })).toBeNaN();
});

it('AN-01 is not misled by a camera that falls behind, of which eyes and recording have different pictures', () => {
  const live = { frames: frames(300, 3).filter((_, n) => n > 200), pulses: pulses(300) };
  const replayed = { frames: frames(0, 3), pulses: pulses(0) };
  expect(offsetAgainstLive(live, replayed)).toBe(0);
});
