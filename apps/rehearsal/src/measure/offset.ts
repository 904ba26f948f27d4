import { FPS, LOOP_FRAMES, PULSE_EVERY_MS } from '../fixtures/pattern.js';
import type { FrameSample, Pulse } from '../robot/probe.js';
import { circularMedian, median, wrap } from './statistics.js';

const LOOP_MS = (LOOP_FRAMES * 1000) / FPS;

/** One person's pictures and tone pulses, as someone saw and heard them or as a recording has them; one clock. */
export interface Shown {
  readonly frames: readonly FrameSample[];
  readonly pulses: readonly Pulse[];
}

/**
 * How much further (ms) sound trails its picture in `replayed` than in `live`, within half a pulse period; NaN when no picture
 * or no pulse of one is in the other. Picture is compared with the same picture and pulse with pulse: a robot's camera plays
 * its file late whenever its machine is busy, so the distance between picture and voice wanders at its source.
 */
export function offsetAgainstLive(live: Shown, replayed: Shown): number {
  const moments = Map.groupBy(replayed.frames, ({ frame }) => frame);
  const pictures = live.frames.flatMap(({ at, frame }) => {
    const later = (moments.get(frame) ?? []).map((other) => other.at - at);
    const nearest = later.reduce((best, ms) => (Math.abs(ms) < Math.abs(best) ? ms : best), Infinity);
    return Math.abs(nearest) < LOOP_MS / 2 ? [nearest] : [];
  });
  const sounds = live.pulses.flatMap(({ at }) => {
    const [nearest] = replayed.pulses
      .map((pulse) => pulse.at - at)
      .filter((ms) => Math.abs(ms) <= PULSE_EVERY_MS / 2)
      .sort((a, b) => Math.abs(a) - Math.abs(b));
    return nearest === undefined ? [] : [nearest];
  });
  return wrap(circularMedian(sounds, PULSE_EVERY_MS) - median(pictures), PULSE_EVERY_MS);
}

/** The samples taken in from…to (same clock as `at`). */
export const within = <T extends { at: number }>(samples: readonly T[], from: number, to: number): T[] =>
  samples.filter(({ at }) => at >= from && at < to);
