import type { TrackSource } from '@lyceum/contracts';

/** Whose and which a segment is. Ids only: it lies in the clear beside the encrypted pieces on the recorder's disk. */
export interface SegmentIdentity {
  readonly tenantId: string;
  readonly recordingId: string;
  readonly participantId: string;
  readonly trackId: string;
  readonly segmentId: string;
  readonly source: TrackSource;
  /** Incarnation of the room's worker. */
  readonly epoch: string;
  readonly dataKeyId: string;
  /** Room time zero, ms since the epoch, server clock. */
  readonly roomOpenedAtMs: number;
}

/** Name, retention kind and authenticated place of an object; what `EncryptedObjects` wants to know. */
export interface ObjectPlace {
  readonly name: string;
  readonly kind: string;
  readonly aad: Readonly<Record<string, string | number>>;
}

type Placed = Pick<SegmentIdentity, 'recordingId' | 'trackId' | 'segmentId'>;

const placeOf = (identity: Placed) => ({
  recording: identity.recordingId,
  track: identity.trackId,
  segment: identity.segmentId,
});

const journalOf = ({ recordingId, segmentId }: SegmentIdentity) => `recordings/${recordingId}/journal/${segmentId}`;

/** Pieces count from 1. Their number is authenticated, so that a swapped piece does not decrypt. */
export const piecePlace = (identity: SegmentIdentity, number: number): ObjectPlace => ({
  name: `${journalOf(identity)}/${String(number).padStart(6, '0')}.piece`,
  kind: 'recording.piece',
  aad: { ...placeOf(identity), piece: number },
});

export const manifestPlace = (identity: SegmentIdentity): ObjectPlace => ({
  name: `${journalOf(identity)}/manifest`,
  kind: 'recording.manifest',
  aad: placeOf(identity),
});

/** Parts of the segment's file; `run` tells apart what was muxed live and what was muxed again after a crash. */
export const partPlace = (identity: Placed, run: string, number: number): ObjectPlace => ({
  name: `recordings/${identity.recordingId}/media/${identity.segmentId}/${run}-${String(number).padStart(5, '0')}.part`,
  kind: 'recording.media',
  aad: { ...placeOf(identity), part: number },
});
