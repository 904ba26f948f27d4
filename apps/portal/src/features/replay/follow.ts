/** What a media element has to do so that it is where the clock is. Times in seconds of the element's own file. */
export interface Correction {
  /** Jump here; null to stay. */
  readonly seekTo: number | null;
  readonly playbackRate: number;
}

/** Further off than this, running after it would take longer than a jump is noticed. */
const JUMP_S = 0.3;
/** Closer than this nobody sees or hears it; correcting would only make the sound waver. */
const CLOSE_S = 0.012;
/** A hundredth off is corrected by half a per cent, never by more than this share. */
const STRENGTH = 0.5;
const MOST = 0.06;

/**
 * How an element at `actual` gets to `expected` while the clock runs at `rate`: a jump when it is far away, else a speed a
 * little off until it has caught up. `seeking` elements are left alone.
 */
export function correction(expected: number, actual: number, rate: number, seeking: boolean): Correction {
  if (seeking) return { seekTo: null, playbackRate: rate };
  const ahead = actual - expected;
  if (Math.abs(ahead) > JUMP_S * Math.max(1, rate)) return { seekTo: expected, playbackRate: rate };
  if (Math.abs(ahead) < CLOSE_S) return { seekTo: null, playbackRate: rate };
  const nudge = Math.max(-MOST, Math.min(MOST, ahead * STRENGTH));
  return { seekTo: null, playbackRate: rate * (1 - nudge) };
}

interface Span {
  readonly startMs: number;
  readonly durationMs: number;
}

/** The segment that plays at room time `ms`; where two overlap, the later one. */
export function segmentAt<S extends Span>(segments: readonly S[], ms: number): S | undefined {
  return segments.findLast((segment) => segment.startMs <= ms && ms < segment.startMs + segment.durationMs);
}

/** Segments whose bytes are wanted at `ms`: the one that plays, and those that begin within `aheadMs`. */
export function segmentsNear<S extends Span>(segments: readonly S[], ms: number, aheadMs: number): S[] {
  const playing = segmentAt(segments, ms);
  return segments.filter((segment) => segment === playing || (segment.startMs > ms && segment.startMs - ms <= aheadMs));
}
