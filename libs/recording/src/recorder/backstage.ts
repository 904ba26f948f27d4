import type { TrackSource } from '@lyceum/contracts';

/**
 * What the front of the recorder tells the backstage, in order, over a MessagePort. The backstage is a thread of its own: its
 * code and its connections take seconds to load, and meanwhile the front takes packets. Messages wait for it in the port.
 * Recordings and segments go by numbers that the front gives them.
 */
export type ToBackstage =
  | { readonly t: 'open-recording'; readonly recording: number; readonly open: OpenRecording; readonly startMs: number }
  | { readonly t: 'open-segment'; readonly recording: number; readonly segment: number; readonly track: OpenTrack }
  | { readonly t: 'piece'; readonly segment: number; readonly piece: Uint8Array }
  /** Nothing came until `now`, ms since the epoch. */
  | { readonly t: 'idle'; readonly segment: number; readonly now: number }
  /** Answered with `done` when every piece is on the local disk; the segment is made playable after that. */
  | { readonly t: 'close-segment'; readonly segment: number; readonly id: number }
  /** The class ended, or its media did not come back in time. `recording` is null for one of an earlier process. */
  | { readonly t: 'finish'; readonly recording: number | null; readonly of: Interrupted; readonly endMs: number };

export type FromBackstage =
  /** Database, keys and store can be used. */
  | { readonly t: 'ready'; readonly interrupted: readonly Interrupted[] }
  | { readonly t: 'done'; readonly id: number }
  /** A piece is on the local disk. */
  | { readonly t: 'stored'; readonly segment: number; readonly bytes: number }
  /** The disk refused a piece (full, gone): what it held is lost, the recording goes on. */
  | { readonly t: 'failed'; readonly segment: number; readonly reason: string }
  /** Frames were lost that only a key frame makes up for. */
  | { readonly t: 'key-frame'; readonly segment: number };

/** What the link says of a recording. */
export interface OpenRecording {
  readonly recordingId: string;
  readonly tenantId: string;
  readonly roomId: string;
  /** Room time zero, ms since the epoch, server clock. */
  readonly roomOpenedAtMs: number;
  /** Incarnation of the room's worker. */
  readonly epoch: string;
}

export interface OpenTrack {
  readonly participantId: string;
  readonly source: TrackSource;
}

/** A recording whose media went away. */
export type Interrupted = Pick<OpenRecording, 'recordingId' | 'tenantId' | 'roomOpenedAtMs'>;
