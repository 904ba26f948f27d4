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
  readonly rung: Rung;
  readonly reason: LadderReason;
}
