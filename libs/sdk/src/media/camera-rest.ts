import { BackOff } from './back-off.js';

/** A path out that carries less is needed for one's voice, bit/s. */
const ENOUGH = 150_000;
/** Estimates waver, and are low when a call begins. */
const NARROW_MS = 4_000;
/** After the camera came back its bits have to be probed for again; on a narrow path the voice suffers as long. */
const GROW_MS = 6_000;
const NARROW_ON_TRIAL_MS = 2_000;
const PROVEN_MS = 15_000;

/**
 * Whether one's own camera should rest because the path out carries little more than speech. The browser itself drops upper
 * layers first; a picture that is left with a few kbit/s helps nobody and delays the voice. Tries again by itself.
 */
export class CameraRest {
  private isResting = false;
  private changedMs = -Infinity;
  private narrowSince: number | null = null;
  private proven = true;
  private readonly patience = new BackOff(15_000, 30_000);

  get resting(): boolean {
    return this.isResting;
  }

  /** To be called about once a second; `available` towards the server in bit/s, null when unknown. True when it changed. */
  look(available: number | null, atMs: number): boolean {
    if (this.isResting) {
      if (atMs - this.changedMs < this.patience.waitMs) return false;
      this.proven = false;
      return this.become(false, atMs);
    }
    if (!this.proven && atMs - this.changedMs >= PROVEN_MS) {
      this.patience.worked();
      this.proven = true;
    }
    const narrow = available !== null && available < ENOUGH && atMs - this.changedMs >= GROW_MS;
    this.narrowSince = narrow ? (this.narrowSince ?? atMs) : null;
    const longEnough = this.proven ? NARROW_MS : NARROW_ON_TRIAL_MS;
    if (this.narrowSince === null || atMs - this.narrowSince < longEnough) return false;
    if (!this.proven) this.patience.failed();
    return this.become(true, atMs);
  }

  private become(resting: boolean, atMs: number): true {
    this.isResting = resting;
    this.changedMs = atMs;
    this.narrowSince = null;
    return true;
  }
}
