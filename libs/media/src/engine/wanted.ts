import type { RoomPlace, TrackSource, WantedRoom, WantedSeat } from '@lyceum/contracts';

/**
 * Whether `next` takes the place of `current`. Two api processes push independently, so an older version can arrive late; an
 * equal one is taken, since seats at the device check change without a new log number.
 */
export const supersedes = (next: WantedRoom, current: WantedRoom | undefined): boolean =>
  current === undefined || (!current.ended && next.version >= current.version) || next.version > current.version;

/** Participants whom the room knew and no longer wants: their seats are closed. */
export const dismissed = (before: WantedRoom | undefined, after: WantedRoom): string[] =>
  Object.keys(before?.seats ?? {}).filter((participantId) => !(participantId in after.seats));

/** Participants whom the room newly wants: they learn what is published. */
export const welcomed = (before: WantedRoom | undefined, after: WantedRoom): string[] =>
  Object.keys(after.seats).filter((participantId) => !(participantId in (before?.seats ?? {})));

/** Participants who became, or ceased to be, someone whose pictures come first. */
export const reprioritised = (before: WantedRoom | undefined, after: WantedRoom): string[] =>
  Object.entries(before?.seats ?? {})
    .filter(([participantId, { priority }]) => {
      const now = after.seats[participantId];
      return now !== undefined && now.priority !== priority;
    })
    .map(([participantId]) => participantId);

/** Id of the node that serves a person. */
export const servedBy = (place: RoomPlace, participantId: string): string =>
  place.away[participantId] ?? place.home.node;

/** May a track of this source be forwarded? Not without a seat, not before the person is in the room. */
export function mayForward(seat: WantedSeat | undefined, source: TrackSource): boolean {
  if (!seat?.present) return false;
  switch (source) {
    case 'mic':
      return seat.audio;
    case 'camera':
      return seat.video;
    case 'screen':
    case 'screen-audio':
      return seat.screen;
  }
}
