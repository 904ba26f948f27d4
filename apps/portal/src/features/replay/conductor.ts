import type { ReplayClock } from './clock.js';
import { correction } from './follow.js';

/** What the conductor needs of a media element. */
export type Playable = Pick<
  HTMLMediaElement,
  | 'currentTime'
  | 'playbackRate'
  | 'paused'
  | 'seeking'
  | 'readyState'
  | 'ended'
  | 'error'
  | 'duration'
  | 'play'
  | 'pause'
> &
  EventTarget;

/** A file on the clock. */
export interface Part {
  readonly element: Playable;
  readonly startMs: number;
  readonly durationMs: number;
}

/** `HTMLMediaElement.readyState`: enough to go on for a moment. */
const HAVE_FUTURE_DATA = 3;
/** How often elements are compared with the clock. */
const TICK_MS = 100;
/** A file that has nothing to play for so long is left behind, so that one broken track doesn't stop the class. */
const PATIENCE_MS = 6_000;
/** A hiccup shorter than this is caught up with; everyone waiting for it would be worse. */
const HICCUP_MS = 120;
/** The clock itself never moves this far between two looks, at any speed offered: somebody jumped. */
const JUMP_MS = 1_000;

/**
 * Keeps every media element of a replay where the master clock is: starts and stops them at their edges, brings them back when
 * they drift, and holds the clock while one that should play has no bytes.
 */
export class Conductor {
  private readonly parts = new Map<Part, { waitingSince: number | null }>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private unsubscribe: (() => void) | undefined;
  /** After a start or a jump everyone gets ready before anyone plays. */
  private gathering = true;
  private lastPosition = 0;
  private wasPlaying = false;
  private ticking = false;

  constructor(private readonly clock: ReplayClock) {}

  /** Begins to direct; parts may have come before. */
  start(): void {
    this.unsubscribe ??= this.clock.subscribe(() => this.tick());
    this.timer ??= setInterval(() => this.tick(), TICK_MS);
    this.tick();
  }

  /** Takes a part in; returns what takes it out again. */
  add(part: Part): () => void {
    this.parts.set(part, { waitingSince: null });
    const tick = () => this.tick();
    part.element.addEventListener('canplay', tick);
    part.element.addEventListener('seeked', tick);
    this.tick();
    return () => {
      part.element.removeEventListener('canplay', tick);
      part.element.removeEventListener('seeked', tick);
      part.element.pause();
      this.parts.delete(part);
      this.tick();
    };
  }

  /** Everything stands still; `start` goes on from there. */
  stop(): void {
    clearInterval(this.timer);
    this.unsubscribe?.();
    this.timer = undefined;
    this.unsubscribe = undefined;
    for (const { element } of this.parts.keys()) element.pause();
  }

  /** Holding the clock tells its listeners, of which we are one: once around is enough. */
  private tick(): void {
    if (this.ticking || this.timer === undefined) return;
    this.ticking = true;
    try {
      this.clock.settle();
      const position = this.clock.position();
      const { playing } = this.clock.state();
      if (Math.abs(position - this.lastPosition) > JUMP_MS || (playing && !this.wasPlaying)) this.gathering = true;
      this.lastPosition = position;
      this.wasPlaying = playing;
      let waiting = false;
      for (const [part, memory] of this.parts) waiting = this.direct(part, memory, position) || waiting;
      if (!waiting) this.gathering = false;
      this.clock.hold(waiting && playing);
    } finally {
      this.ticking = false;
    }
  }

  /** True while the clock has to wait for this part. */
  private direct(part: Part, memory: { waitingSince: number | null }, position: number): boolean {
    const { element } = part;
    const { playing, held, rate } = this.clock.state();
    const expected = (position - part.startMs) / 1000;
    if (expected < 0 || position >= part.startMs + part.durationMs) {
      memory.waitingSince = null;
      if (!element.paused) element.pause();
      // Stands ready at its first frame before its time comes.
      if (expected < 0 && element.readyState > 0 && element.currentTime !== 0 && !element.seeking)
        element.currentTime = 0;
      return false;
    }
    if (element.error || element.readyState === 0) return playing && this.isWorthWaiting(memory, element);
    const fix = correction(expected, element.currentTime, rate, element.seeking);
    if (
      fix.seekTo !== null ||
      (element.paused && !element.seeking && Math.abs(element.currentTime - expected) > 0.04)
    ) {
      element.currentTime = Math.min(expected, Math.max(0, (element.duration || Infinity) - 0.02));
    }
    if (element.playbackRate !== fix.playbackRate) element.playbackRate = fix.playbackRate;
    const ready = !element.seeking && (element.readyState >= HAVE_FUTURE_DATA || element.ended);
    if (ready) memory.waitingSince = null;
    const wait = playing && !ready && this.isWorthWaiting(memory, element);
    const run = playing && !held && !wait && !element.ended;
    if (run && element.paused) element.play().catch(() => undefined);
    if (!run && !element.paused) element.pause();
    return wait;
  }

  private isWorthWaiting(memory: { waitingSince: number | null }, element: Playable): boolean {
    if (element.error) return false;
    memory.waitingSince ??= performance.now();
    const waited = performance.now() - memory.waitingSince;
    return waited < PATIENCE_MS && (waited > HICCUP_MS || this.gathering || this.clock.state().held);
  }
}
