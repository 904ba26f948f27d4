/** How one viewer takes a track: `on` is false off screen; `spatial` is the highest layer asked for. */
export interface View {
  readonly on: boolean;
  readonly spatial: number;
}

/** Said instead of an encoding when nobody looks at all. */
export const NOBODY = -1;

/**
 * Highest encoding of a track that somebody needs, 0 the smallest. The smallest is always sent, though nobody watches: the
 * first viewer then has a picture at once; only what would come from another node rests altogether (`idle` NOBODY). A recording
 * journals every encoding, so it needs them all.
 */
export function highestWanted(encodings: number, views: Iterable<View>, recorded: boolean, idle = 0): number {
  const top = Math.max(0, encodings - 1);
  if (recorded) return top;
  let highest = idle;
  for (const view of views) if (view.on) highest = Math.max(highest, Math.min(view.spatial, top));
  return highest;
}
