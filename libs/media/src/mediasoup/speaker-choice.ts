/** A voice counts as heard for this long after it was measured: people breathe between words. */
const AUDIBLE_MS = 1_200;

/**
 * Who speaks, from two witnesses: one is quick to see that somebody else took over, but also names people who say nothing
 * (the only microphone of a room is dominant from its first day); the other measures loudness.
 */
export class SpeakerChoice {
  private readonly heardAt = new Map<string, number>();
  private dominant: string | null = null;
  private loudest: string | null = null;
  private chosen: string | null = null;

  /** `became` is called at every change, with null when nobody speaks any more. */
  constructor(private readonly became: (trackId: string | null) => void) {}

  get current(): string | null {
    return this.chosen;
  }

  dominates(trackId: string, nowMs: number): void {
    this.dominant = trackId;
    this.review(nowMs);
  }

  /** Levels in dBov of those who are heard now. */
  hears(levels: ReadonlyMap<string, number>, nowMs: number): void {
    const [loudest] = [...levels].sort(([, a], [, b]) => b - a);
    this.loudest = loudest?.[0] ?? null;
    for (const trackId of levels.keys()) this.heardAt.set(trackId, nowMs);
    this.review(nowMs);
  }

  /** To be called some time after the last word, too: silence is not told twice. */
  review(nowMs: number): void {
    for (const [trackId, at] of this.heardAt) if (nowMs - at > AUDIBLE_MS) this.heardAt.delete(trackId);
    const candidates = [this.dominant, this.chosen, this.loudest];
    const next = candidates.find((trackId) => trackId !== null && this.heardAt.has(trackId)) ?? null;
    if (next === this.chosen) return;
    this.chosen = next;
    this.became(next);
  }

  forget(trackId: string, nowMs: number): void {
    this.heardAt.delete(trackId);
    if (this.dominant === trackId) this.dominant = null;
    this.review(nowMs);
  }
}
