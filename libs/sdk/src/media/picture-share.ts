import type { SeatPriority, TrackSource } from '@lyceum/contracts';
import { rungs, type Rung } from './ladder.js';

/** What a rung leaves of a picture: all that its tile can show, its smallest layer, an image now and then, or nothing. */
export type Share = 'whole' | 'smallest' | 'still' | 'nothing';

/** Who shows a picture. */
export interface Shown {
  readonly participantId: string;
  readonly source: TrackSource;
  readonly priority: SeatPriority | null;
}

/** An interpreter's picture is what voices are to others, so it stays for as long as any picture moves. */
const isExempt = ({ source, priority }: Shown): boolean => source === 'camera' && priority === 'interpreter';

/** `speaker` is who spoke last. */
export function shareOf(shown: Shown, rung: Rung, speaker: string | null): Share {
  const { source, priority, participantId } = shown;
  switch (rung) {
    case 'full':
      return 'whole';
    case 'small':
      return isExempt(shown) ? 'whole' : 'smallest';
    case 'few':
      if (isExempt(shown)) return 'whole';
      return source === 'screen' || priority === 'teacher' || participantId === speaker ? 'smallest' : 'nothing';
    case 'stills':
      if (isExempt(shown)) return 'smallest';
      return source === 'screen' ? 'still' : 'nothing';
    case 'sound':
      return 'nothing';
  }
}

/** A voice with its headers, at 50 packets a second. */
const SPEECH = 60_000;
/** The least of a picture that still moves, and the room that images now and then need to come in bearable time, bit/s. */
const COST: Readonly<Record<Share, number>> = { whole: 100_000, smallest: 100_000, still: 60_000, nothing: 0 };

/** What each rung needs at the very least for these pictures and a voice, bit/s. */
export function needsOf(pictures: readonly Shown[], speaker: string | null): Readonly<Record<Rung, number>> {
  const need = (rung: Rung) => pictures.reduce((sum, picture) => sum + COST[shareOf(picture, rung, speaker)], SPEECH);
  return Object.fromEntries(rungs.map((rung) => [rung, need(rung)])) as Record<Rung, number>;
}
