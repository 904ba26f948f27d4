import type { SeatPriority, TrackSource } from '@lyceum/contracts';

/**
 * Whose picture gets more of a path that doesn't carry all, from 1 to 255. Every picture first gets its smallest layer, in this
 * order; what is left then goes to the first until it is whole, to the next, and so on. The interpreter's picture is what the
 * voices are to others. The screen comes before the teacher: slides that can't be read are worth less than a coarse face.
 */
export function sharePriority(source: TrackSource, priority: SeatPriority | null): number {
  if (priority === 'interpreter' && source === 'camera') return 255;
  if (source === 'screen') return 200;
  return priority === 'teacher' ? 100 : 1;
}
