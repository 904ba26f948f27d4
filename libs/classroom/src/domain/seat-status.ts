import type { ParticipantRole, RoomState, SeatStatus, Viewer } from '@lyceum/contracts';

/** Where a seat stands by the fold. One that left may come back, so it is `prepared` again; revoked seats never get here. */
export function seatStatus(state: RoomState, participantId: string): SeatStatus {
  if (state.endedAt !== null) return 'gone';
  if (state.seats[participantId]?.present) return 'present';
  return state.lobby.waiting[participantId] ? 'waiting' : 'prepared';
}

/** The seat as one who looks: admitted while present. */
export const viewerOf = (state: RoomState, participantId: string, role: ParticipantRole): Viewer => ({
  participantId,
  role,
  admitted: state.seats[participantId]?.present ?? false,
});
