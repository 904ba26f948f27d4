import { isHost, presentSeats, type ParticipantRole, type RoomState, type SeatPriority } from '@lyceum/contracts';
import type { WantedRoom, WantedSeat } from '../ports/media-gateway.js';

/** Someone at the device check or in the lobby. */
export interface PreparingSeat {
  readonly id: string;
  readonly role: ParticipantRole;
}

const prepared = { present: false, audio: false, video: false, screen: false };

const priorityOf = (role: ParticipantRole, interpreter: boolean): SeatPriority | null =>
  interpreter ? 'interpreter' : isHost(role) ? 'teacher' : null;

/**
 * What media should make true. Derived from what is stored alone, so any api says the same. People at the device check
 * are listed so that their receivers are ready when they click; those whom a lobby holds, or will hold, are not.
 */
export function wantedFrom(
  tenantId: string,
  roomId: string,
  version: number,
  state: RoomState,
  preparing: readonly PreparingSeat[],
): WantedRoom {
  const ended = state.endedAt !== null;
  const seats: Record<string, WantedSeat> = {};
  for (const { id, role } of ended ? [] : preparing) {
    if ((!state.lobby.enabled || isHost(role)) && !state.lobby.waiting[id])
      seats[id] = { ...prepared, priority: priorityOf(role, state.seats[id]?.interpreter ?? false) };
  }
  for (const seat of presentSeats(state)) {
    const { mic, camera, screen } = seat.media;
    const priority = priorityOf(seat.role, seat.interpreter);
    seats[seat.participantId] = { present: true, audio: mic, video: camera, screen, priority };
  }
  const { recording, sessionId, openedAt } = state;
  return {
    tenantId,
    roomId,
    version,
    ended,
    seats,
    recording:
      recording === null || sessionId === null || openedAt === null
        ? null
        : {
            recordingId: recording.recordingId,
            tenantId,
            sessionId,
            roomId,
            roomOpenedAtMs: openedAt,
            paused: recording.paused,
          },
  };
}
