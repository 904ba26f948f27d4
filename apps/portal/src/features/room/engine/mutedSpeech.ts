import { measureLevel, PERIOD_MS } from './levelMeter.js';

/** About −42 dBFS: a voice at an arm's length is well above, a fan or a page that is turned is not, or not for long. */
const VOICE = 0.35;
const WINDOW_MS = 1_000;
/** Of the window. A cough or a key is shorter, words have pauses. */
const VOICED_MS = 500;
/** Who talks to somebody beside them on purpose shall not be nagged. */
const AGAIN_MS = 20_000;
const DISMISSED_MS = 120_000;
/** Without a voice for this long, the hint goes. */
const QUIET_MS = 5_000;

/** Whether somebody who is muted talks, from loudness every `PERIOD_MS`. Knows no clock and no browser. */
export class TalkDetector {
  private readonly voiced: boolean[] = [];
  private lastVoice = -Infinity;
  private nextHint = -Infinity;
  private hinting = false;

  /** `level` 0 to 1, `at` in ms of any clock. @returns whether the hint stands */
  heard(level: number, at: number): boolean {
    this.voiced.push(level >= VOICE);
    if (this.voiced.length > WINDOW_MS / PERIOD_MS) this.voiced.shift();
    const talks = this.voiced.filter(Boolean).length * PERIOD_MS >= VOICED_MS;
    if (talks) this.lastVoice = at;
    if (talks && !this.hinting && at >= this.nextHint) {
      this.hinting = true;
      this.nextHint = at + AGAIN_MS;
    }
    if (this.hinting && at - this.lastVoice > QUIET_MS) this.hinting = false;
    return this.hinting;
  }

  dismiss(at: number): void {
    this.hinting = false;
    this.nextHint = at + DISMISSED_MS;
  }

  /** Unmuted, or another microphone: what was heard is forgotten, what was dismissed is not. */
  reset(): void {
    this.hinting = false;
    this.voiced.length = 0;
  }
}

/**
 * Listens, on this computer alone, to a microphone that is muted. A disabled track is silent for everybody, so it is a clone
 * that listens; unmuted, there is none, and nothing is measured.
 */
export class MutedSpeech {
  private readonly detector = new TalkDetector();
  private track: MediaStreamTrack | null = null;
  private end: (() => void) | undefined;
  private talking = false;

  constructor(private readonly changed: (talking: boolean) => void) {}

  /** The microphone that is open and muted; null when there is none. */
  listenTo(track: MediaStreamTrack | null): void {
    if (track === this.track) return;
    this.end?.();
    this.end = undefined;
    this.track = track;
    this.detector.reset();
    this.tell(false);
    if (!track) return;
    const ear = track.clone();
    ear.enabled = true;
    const end = measureLevel(ear, (level) => this.tell(this.detector.heard(level, performance.now())));
    this.end = () => {
      end();
      ear.stop();
    };
  }

  dismiss(): void {
    this.detector.dismiss(performance.now());
    this.tell(false);
  }

  private tell(talking: boolean): void {
    if (talking === this.talking) return;
    this.talking = talking;
    this.changed(talking);
  }
}
