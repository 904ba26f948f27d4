import { BackOff } from './back-off.js';

/**
 * What this browser receives of others' pictures, from everything down to sound alone:
 * `full` every visible picture at the size of its tile; `small` every visible picture, at its smallest layer;
 * `few` only the screen share and whoever speaks or teaches; `stills` sound, and the shared screen as an image now and
 * then; `sound` sound alone.
 */
export const rungs = ['full', 'small', 'few', 'stills', 'sound'] as const;
export type Rung = (typeof rungs)[number];

/** Why it stands below `full`: the path carries no more, or this computer can't keep up with decoding. */
export type LadderReason = 'network' | 'cpu';

export interface LadderView {
  /** What arrives, which is less than what is asked for while a path carries none of it. */
  readonly rung: Rung;
  readonly reason: LadderReason;
}

/** What one look at reception found, about the time since the look before. */
export interface Evidence {
  readonly atMs: number;
  /** Share of the worst voice's samples that had to be invented, 0…1. */
  readonly concealed: number;
  /** Share of that voice's packets that never came, 0…1. */
  readonly missing: number;
  /** This computer's processors have nothing left to give. */
  readonly busy: boolean;
  /** What the path carries as the server estimates it, bit/s; null when it did not say. */
  readonly available: number | null;
  /** Pictures are asked for, and not one of them moved. */
  readonly frozen: boolean;
  /** Share of frames that came whole and were dropped by this computer, 0…1. */
  readonly dropped: number;
  /** Its own encoder is short of processor time, too. */
  readonly encoderLimited: boolean;
  /** What each rung costs at the very least, bit/s; never more than the rung above it. */
  readonly needs: Readonly<Record<Rung, number>>;
}

/** Speech that suffers, and speech that is fine (a lost packet now and then is not heard). */
const SUFFERS = 0.08;
const FINE = 0.03;
/** A voice that suffers while the path has this much more than is needed suffers on its way to the server. */
const PLENTY = 1.5;
/** A hiccup of a busy computer is no bad path. */
const SUFFERS_LOOKS = 2;
/** What was just taken up and spoils speech this much is given back at once: then it is no hiccup. */
const SPOILS = 0.2;
/** Who hears everything and sees nothing has something to lose: this many times the patience. */
const SOUND_PATIENCE = 2;
const LONGEST_MS = 60_000;
/** An estimate grows only while something is sent: after a climb it gets this long. */
const GROW_MS = 6_000;
/** A step down takes this long to be heard. */
const EFFECT_MS = 1_500;
/** A climb that held for this long worked. */
const PROVEN_MS = 10_000;
/** Of speech that was invented, so much at least was lost when it is the path's doing; a computer plays late what came. */
const LOST_OF_INVENTED = 0.25;
const BEHIND = 0.3;
const BEHIND_WITH_ENCODER = 0.15;
const BEHIND_LOOKS = 5;
/** A screen may stand still for so long; on a path that is too narrow it is the path that stands in the way. */
const FROZEN_LOOKS = 5;
/** From here on down no picture is asked for that moves. */
const STANDS_STILL = rungs.indexOf('stills');
/** Fewer pictures than these cost the processor so little that it is not what is short. */
const LOWEST_FOR_CPU = rungs.indexOf('few');

/** Speech that was not lost on the way is played late by a computer that can do no more. */
const isStarved = ({ busy, concealed, missing }: Evidence): boolean => busy && missing < concealed * LOST_OF_INVENTED;

/**
 * Decides on which rung this browser stands. Down when speech suffers: rung by rung, or at once to what fits when the path
 * carries less than is needed. An estimate alone drops nothing: it sinks on a busy computer, too, and the server fits pictures
 * to it anyway. A busy computer that plays late what came whole gives up the pictures that cost it
 * most before the path is blamed. Up one rung at a time, after a calm while that grows when climbing failed.
 */
export class Ladder {
  private at: Rung = 'full';
  private reason: LadderReason = 'network';
  private changedMs = -Infinity;
  private climbedMs: number | null = null;
  private calmSince: number | null = null;
  private narrow = 0;
  private suffering = 0;
  private behind = 0;
  private frozen = 0;
  /** Nothing that moves arrives: the way up has begun at most. */
  private blocked = false;
  private readonly patience = new BackOff(5_000, LONGEST_MS);

  get rung(): Rung {
    return this.at;
  }

  /** Null when everything arrives. */
  get view(): LadderView | null {
    if (this.blocked && rungs.indexOf(this.at) < STANDS_STILL) return { rung: 'sound', reason: 'network' };
    return this.at === 'full' ? null : { rung: this.at, reason: this.reason };
  }

  /** To be called about once a second; true when the rung or the view changed. */
  look(evidence: Evidence): boolean {
    const [rung, shown] = [this.at, this.view?.rung];
    this.blocked = this.isBlocked(evidence);
    this.decide(evidence);
    return this.at !== rung || this.view?.rung !== shown;
  }

  private decide(evidence: Evidence): void {
    const { atMs, concealed, needs } = evidence;
    this.count(evidence);
    const suffers = this.suffers(evidence);
    this.suffering = suffers ? this.suffering + 1 : 0;
    const looks = this.climbedMs !== null && concealed >= SPOILS ? 1 : SUFFERS_LOOKS;
    const starved = isStarved(evidence);
    const relievable = starved && this.belowForCpu(needs) !== this.at;
    if (this.climbedMs !== null && atMs - this.climbedMs >= PROVEN_MS) {
      this.patience.worked();
      this.climbedMs = null;
    }
    // Nobody shows anything: there is nothing to give up.
    if (this.at === 'full' && needs.full === needs.sound) return;
    if (suffers && this.narrow > 0 && !relievable) this.fall(this.fitting(evidence), 'network', atMs);
    else if (this.suffering >= looks && !starved) this.fall(this.below(needs), 'network', atMs);
    else if (this.suffering >= looks || this.behind >= BEHIND_LOOKS) this.fall(this.belowForCpu(needs), 'cpu', atMs);
    else if (concealed > FINE || this.behind > 0) this.calmSince = null;
    else this.climb(needs, atMs);
  }

  /**
   * The server sends none of the pictures that are asked for, since the path is too narrow. After a rung on which they stood
   * still that is so until one moves.
   */
  private isBlocked({ frozen, available, needs }: Evidence): boolean {
    if (rungs.indexOf(this.at) >= STANDS_STILL) return true;
    const stuck = frozen && available !== null && available < needs[this.at];
    this.frozen = stuck ? this.frozen + 1 : 0;
    return stuck && (this.blocked || this.frozen >= FROZEN_LOOKS);
  }

  private count({ atMs, available, needs, dropped, encoderLimited }: Evidence): void {
    const growing = this.climbedMs !== null && atMs - this.climbedMs < GROW_MS;
    const tooNarrow = available !== null && available < needs[this.at] && this.at !== 'sound' && !growing;
    this.narrow = tooNarrow ? this.narrow + 1 : 0;
    const isBehind = dropped >= (encoderLimited ? BEHIND_WITH_ENCODER : BEHIND);
    this.behind = isBehind ? this.behind + 1 : 0;
  }

  private suffers({ atMs, concealed, available, needs }: Evidence): boolean {
    const settles = this.climbedMs === null && atMs - this.changedMs < EFFECT_MS;
    if (concealed < SUFFERS || settles) return false;
    return available === null || available < needs[this.at] * PLENTY;
  }

  /** The highest rung below that the path carries, of those that show anything. */
  private fitting({ available, needs }: Evidence): Rung {
    const lower = rungs.slice(rungs.indexOf(this.at) + 1).filter((rung) => needs[rung] > needs.sound);
    return lower.find((rung) => needs[rung] <= (available ?? 0)) ?? 'sound';
  }

  /** The next rung that gives something up. */
  private below(needs: Evidence['needs']): Rung {
    if (this.at === 'full') return 'small';
    const lower = rungs.slice(rungs.indexOf(this.at) + 1).filter((rung) => needs[rung] > needs.sound);
    return lower.find((rung) => needs[rung] < needs[this.at]) ?? 'sound';
  }

  private belowForCpu(needs: Evidence['needs']): Rung {
    const below = this.below(needs);
    return rungs.indexOf(below) <= LOWEST_FOR_CPU ? below : this.at;
  }

  /** The next rung that gives something back. */
  private above(needs: Evidence['needs']): Rung {
    const higher = rungs.slice(0, rungs.indexOf(this.at)).reverse();
    return higher.find((rung) => needs[rung] > needs[this.at]) ?? 'full';
  }

  private fall(to: Rung, reason: LadderReason, atMs: number): void {
    if (this.at === to) return;
    if (this.climbedMs !== null) this.patience.failed();
    this.climbedMs = null;
    this.reason = reason;
    this.move(to, atMs);
  }

  private climb(needs: Evidence['needs'], atMs: number): void {
    this.calmSince ??= atMs;
    const waitMs = Math.min(LONGEST_MS, this.patience.waitMs * (this.at === 'sound' ? SOUND_PATIENCE : 1));
    if (this.at === 'full' || atMs - this.calmSince < waitMs) return;
    this.move(this.above(needs), atMs);
    this.climbedMs = atMs;
  }

  private move(to: Rung, atMs: number): void {
    if (this.at === to) return;
    this.at = to;
    this.changedMs = atMs;
    this.calmSince = null;
    this.behind = 0;
  }
}
