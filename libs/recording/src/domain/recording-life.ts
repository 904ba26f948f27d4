import type { RecordingStatus } from '@lyceum/contracts';

/**
 * The life of a recording, as data. `ready → recording`: a class that lost its media for so long that its recording was
 * finished comes back into the same one.
 */
export const recordingTransitions: Readonly<Record<RecordingStatus, readonly RecordingStatus[]>> = {
  recording: ['finishing'],
  finishing: ['ready', 'failed', 'recording'],
  ready: ['recording'],
  failed: ['recording'],
};

/**
 * The life of a segment. `open`: media flows into it; `closed`: complete, still being muxed or stored; `playable`; `empty`:
 * nothing in it decodes; `damaged`: its journal can't be read.
 */
export const segmentStatuses = ['open', 'closed', 'playable', 'empty', 'damaged'] as const;
export type SegmentStatus = (typeof segmentStatuses)[number];

export const segmentTransitions: Readonly<Record<SegmentStatus, readonly SegmentStatus[]>> = {
  open: ['closed'],
  closed: ['playable', 'empty', 'damaged'],
  playable: [],
  empty: [],
  damaged: [],
};

/** States from which `to` can be reached, for the `where` of an update. */
export function sourcesOf<S extends string>(table: Readonly<Record<S, readonly S[]>>, to: S): S[] {
  return (Object.keys(table) as S[]).filter((from) => table[from].includes(to));
}
