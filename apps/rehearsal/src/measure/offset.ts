import { FPS, LOOP_FRAMES, PULSE_EVERY_MS } from '../fixtures/pattern.js';
import type { FrameSample, Pulse } from '../robot/probe.js';
import { circularMedian, wrap } from './statistics.js';

const FRAME_MS = 1000 / FPS;

/**
 * How far (ms) a person's sound comes after the picture it belongs to, within half a pulse period; NaN without either.
 * Every picture tells when frame 0 of the loop was shown, modulo the pulse period; so does every pulse.
 */
export function soundAfterPicture(frames: readonly FrameSample[], pulses: readonly Pulse[], person: number): number {
  const mine = <T extends { person: number }>(samples: readonly T[]) => samples.filter((s) => s.person === person);
  const picture = circularMedian(
    mine(frames).map(({ at, frame }) => wrap(at - (frame % LOOP_FRAMES) * FRAME_MS, PULSE_EVERY_MS)),
    PULSE_EVERY_MS,
  );
  const sound = circularMedian(
    mine(pulses).map(({ at }) => wrap(at, PULSE_EVERY_MS)),
    PULSE_EVERY_MS,
  );
  return wrap(sound - picture, PULSE_EVERY_MS);
}

/** The samples taken in from…to (same clock as `at`). */
export const within = <T extends { at: number }>(samples: readonly T[], from: number, to: number): T[] =>
  samples.filter(({ at }) => at >= from && at < to);
