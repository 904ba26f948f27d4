export interface ClockState {
  readonly playing: boolean;
  /** True while playing has to wait for bytes; the position stands still then. */
  readonly held: boolean;
  readonly rate: number;
  readonly durationMs: number;
}

/**
 * The one master clock of a replay, in room time. Every picture and every voice follows it; none of them leads, so that a
 * track with gaps, a slow one or a missing one can't drag the others along.
 */
export class ReplayClock {
  private base = 0;
  private since: number | null = null;
  private current: ClockState;
  private readonly listeners = new Set<() => void>();

  /** `now` in ms, monotonic; `performance.now` in the page. */
  constructor(
    durationMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.current = { playing: false, held: false, rate: 1, durationMs };
  }

  /** Same object until something but the position changes. */
  readonly state = (): ClockState => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Room time, ms, between 0 and the duration. */
  position(): number {
    const run = this.since === null ? 0 : (this.now() - this.since) * this.current.rate;
    return Math.min(this.current.durationMs, Math.max(0, this.base + run));
  }

  /** At the end it starts over. */
  play(): void {
    if (this.current.playing) return;
    if (this.position() >= this.current.durationMs) this.base = 0;
    this.change({ playing: true });
  }

  pause(): void {
    if (this.current.playing) this.change({ playing: false });
  }

  seek(ms: number): void {
    this.base = Math.min(this.current.durationMs, Math.max(0, ms));
    this.since = this.since === null ? null : this.now();
    this.emit();
  }

  setRate(rate: number): void {
    if (rate !== this.current.rate && rate > 0) this.change({ rate });
  }

  /** Stands still while somebody waits for bytes, without forgetting that it plays. */
  hold(held: boolean): void {
    if (held !== this.current.held) this.change({ held });
  }

  /** A replay that is still being put together grows. */
  setDuration(durationMs: number): void {
    if (durationMs !== this.current.durationMs) this.change({ durationMs });
  }

  /** Stops at the end; called by whoever looks at the position anyway. */
  settle(): void {
    if (this.current.playing && this.position() >= this.current.durationMs) this.pause();
  }

  private change(part: Partial<ClockState>): void {
    const position = this.position();
    this.current = { ...this.current, ...part };
    this.base = position;
    this.since = this.current.playing && !this.current.held ? this.now() : null;
    this.emit();
  }

  private emit(): void {
    for (const listener of this.listeners) listener();
  }
}
