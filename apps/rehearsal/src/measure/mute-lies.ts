import type { Change } from '../robot/line-probe.js';

/** How often the button is held against the ears. */
export const SAMPLE_EVERY_MS = 100;
/** A pulse a second leaves this long between two looks at it, and the way to the ear takes its time. */
const TOLERANCE_MS = 1500;
/** Nobody knows sooner that a path died: from silence of a second, since a shorter one is nothing on a radio network. */
const NOTICED_AFTER_MS = 1000;

export interface MicEvidence {
  /** Words on the speaker's button as they changed. */
  readonly shown: readonly Change[];
  readonly words: { readonly open: string; readonly muted: string };
  /** When a listener heard the speaker (epoch ms, sorted): starts of pulses, one a second. */
  readonly heard: readonly number[];
}

/**
 * Samples (every 100 ms of `from`…`to`) at which the microphone's button had lied for longer than ears can be late and a dead
 * path can go unnoticed: it said open and nobody heard the speaker, or muted and someone did. A button that says the connection
 * is down claims nothing. `patience` multiplies the time that a dead path may go unnoticed.
 */
export function muteLies({ shown, words, heard }: MicEvidence, from: number, to: number, patience = 1): number {
  const freshMs = TOLERANCE_MS + NOTICED_AFTER_MS * patience;
  let lies = 0;
  for (let at = from; at < to; at += SAMPLE_EVERY_MS) {
    const now = shown.findLast((change) => change.at <= at);
    if (!now || at - now.at < TOLERANCE_MS) continue;
    const recently = heard.some((pulse) => pulse > at - freshMs && pulse <= at);
    const justNow = heard.some((pulse) => pulse > at - SAMPLE_EVERY_MS && pulse <= at);
    if ((now.what === words.open && !recently) || (now.what === words.muted && justNow)) lies++;
  }
  return lies;
}
