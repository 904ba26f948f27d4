import type { RoomState, SeatStatus } from '@lyceum/contracts';

/** Where a seat stands by the fold. One that left may come back, so it is `prepared` again; revoked seats never get here. */
export function seatStatus(state: RoomState, participantId: string): SeatStatus {
  if (state.endedAt !== null) return 'gone';
  if (state.seats[participantId]?.present) return 'present';
  return state.lobby.waiting[participantId] ? 'waiting' : 'prepared';
}
