import { project, type RoomEvent, type Viewer } from '@lyceum/contracts';

/** What a batch of the log comes to for one seat. */
export interface SeatBatch {
  readonly visible: readonly RoomEvent[];
  /** Whether the seat is in the room after the batch. */
  readonly admitted: boolean;
  /** Admission changed on the way: what was sent before no longer folds to what the seat may see. */
  readonly changed: boolean;
  /** Why the seat is not or no longer in the room, if the batch says so and it did not come back within it. */
  readonly left: 'left' | 'removed' | 'lost' | 'ended' | 'denied' | null;
  readonly ended: boolean;
}

/** Projects a batch for a seat, following its own coming and going through the batch. */
export function projectBatch(events: readonly RoomEvent[], seat: Viewer): SeatBatch {
  const visible: RoomEvent[] = [];
  let { admitted } = seat;
  let left: SeatBatch['left'] = null;
  let ended = false;
  for (const event of events) {
    const own = 'participantId' in event.payload && event.payload.participantId === seat.participantId;
    if (own && event.type === 'participant.joined') {
      admitted = true;
      left = null;
    }
    if (project(event, { ...seat, admitted })) visible.push(event);
    if (own && event.type === 'participant.left') {
      admitted = false;
      left = event.payload.reason;
    }
    if (own && event.type === 'lobby.left' && event.payload.outcome === 'denied') left = 'denied';
    if (event.type === 'room.ended') ended = true;
  }
  return { visible, admitted, changed: admitted !== seat.admitted, left, ended };
}
