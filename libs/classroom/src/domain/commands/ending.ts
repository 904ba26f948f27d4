import type { RoomState } from '@lyceum/contracts';
import { everyone, room, type Decision, type Draft, type Handlers } from '../decision.js';

/** How a room opens: room time zero. */
export function openRoom(roomId: string, sessionId: string): Decision {
  return {
    events: [{ type: 'room.opened', payload: { sessionId }, audience: everyone }],
    effects: [{ kind: 'audit', action: 'room.opened', target: { kind: 'room', id: roomId } }, { kind: 'open-room' }],
  };
}

/** How a room ends, whoever ends it. One event closes every seat, so the cost does not grow with the class. */
export function endRoom(roomId: string, state: RoomState, reason: 'host' | 'abandoned' | 'system'): Decision {
  const events: Draft[] = [];
  if (state.recording) {
    const { recordingId } = state.recording;
    events.push({ type: 'recording.stopped', payload: { recordingId }, audience: room });
  }
  events.push({ type: 'room.ended', payload: { reason }, audience: everyone });
  return {
    events,
    effects: [{ kind: 'audit', action: 'room.ended', target: { kind: 'room', id: roomId } }, { kind: 'end-room' }],
  };
}

export const ending: Handlers<'room.end'> = {
  'room.end': ({ roomId, state }): Decision => endRoom(roomId, state, 'host'),
};
