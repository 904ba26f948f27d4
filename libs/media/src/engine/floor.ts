/** Voices that a listener gets at once. More than these talking together is a noise that nobody understands. */
export const FLOOR_SEATS = 6;

/** Somebody who was heard this recently keeps the floor against a voice that is not clearly louder. */
const HOLD_MS = 2_000;
const CLEARLY_LOUDER_DB = 6;

interface Voice {
  heardAt: number;
  /** dBov when last measured. */
  level: number;
  onFloor: boolean;
}

/**
 * Whose voices are forwarded in a room with many open microphones: the loudest few, so that a listener pays for these only.
 * While no more microphones are open than there are seats on the floor, everybody has one; that is nearly always.
 */
export class Floor {
  private readonly voices = new Map<string, Voice>();

  /** `changed` is called whenever a track wins or loses the floor. */
  constructor(
    private readonly changed: (trackId: string, onFloor: boolean) => void,
    private readonly seats = FLOOR_SEATS,
  ) {}

  /** A track that is not known has the floor: shared sound is never held back, nor is a voice that was just opened. */
  has(trackId: string): boolean {
    return this.voices.get(trackId)?.onFloor ?? true;
  }

  /** A microphone was opened, and who opens it is about to speak: takes the place of the longest silence, if there is one. */
  open(trackId: string, nowMs: number): void {
    if (this.voices.has(trackId)) return;
    const voice: Voice = { heardAt: nowMs, level: -127, onFloor: true };
    const rival = this.isFull ? this.weakest(nowMs, false) : null;
    this.voices.set(trackId, voice);
    if (rival) this.give(rival, false);
    else if (this.taken > this.seats) this.give(trackId, false);
  }

  /** It was muted, held back or taken away; another voice gets the place. */
  close(trackId: string): void {
    const voice = this.voices.get(trackId);
    if (!voice) return;
    this.voices.delete(trackId);
    if (!voice.onFloor) return this.changed(trackId, true);
    const [next] = [...this.voices].filter(([, { onFloor }]) => !onFloor).sort(([, a], [, b]) => b.heardAt - a.heardAt);
    if (next) this.give(next[0], true);
  }

  /** Levels in dBov of those who are heard now. */
  hears(levels: ReadonlyMap<string, number>, nowMs: number): void {
    for (const [trackId, level] of levels) {
      const voice = this.voices.get(trackId);
      if (voice) Object.assign(voice, { heardAt: nowMs, level });
    }
    for (const [trackId, level] of [...levels].sort(([, a], [, b]) => b - a)) {
      if (this.voices.get(trackId)?.onFloor === false) this.challenge(trackId, level, nowMs);
    }
  }

  private get taken(): number {
    return [...this.voices.values()].filter(({ onFloor }) => onFloor).length;
  }

  private get isFull(): boolean {
    return this.taken >= this.seats;
  }

  private challenge(trackId: string, level: number, nowMs: number): void {
    const rival = this.weakest(nowMs, true);
    const against = rival === null ? undefined : this.voices.get(rival);
    if (rival === null || !against) return;
    const silent = nowMs - against.heardAt > HOLD_MS;
    if (!silent && level < against.level + CLEARLY_LOUDER_DB) return;
    this.give(rival, false);
    this.give(trackId, true);
  }

  /** Who should give up a place first: the longest silent; else, when `talking` counts too, the quietest. */
  private weakest(nowMs: number, talking: boolean): string | null {
    const holders = [...this.voices].filter(([, { onFloor }]) => onFloor);
    const [silent] = holders
      .filter(([, { heardAt }]) => nowMs - heardAt > HOLD_MS)
      .sort(([, a], [, b]) => a.heardAt - b.heardAt);
    if (silent || !talking) return silent?.[0] ?? null;
    const [quietest] = holders.sort(([, a], [, b]) => a.level - b.level);
    return quietest?.[0] ?? null;
  }

  private give(trackId: string, onFloor: boolean): void {
    const voice = this.voices.get(trackId);
    if (!voice || voice.onFloor === onFloor) return;
    voice.onFloor = onFloor;
    this.changed(trackId, onFloor);
  }
}
