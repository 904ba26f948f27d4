import { project, type RoomEvent, type Viewer } from '@lyceum/contracts';

/** What a batch of the log comes to for one seat. */
export interface SeatBatch {
  readonly visible: readonly RoomEvent[];
  /** Whether the seat is in the room after the batch. */
  readonly admitted: boolean;
  /** Admission changed on the way: what was sent before no longer folds to what the seat may see. */
  readonly changed: boolean;
  /** Why the seat left, if it did and did not come back within the batch. */
  readonly left: 'left' | 'removed' | 'lost' | 'ended' | null;
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
    if (event.type === 'room.ended') ended = true;
  }
  return { visible, admitted, changed: admitted !== seat.admitted, left, ended };
}
