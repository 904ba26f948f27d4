import type { RoomState } from '@lyceum/contracts';
import { room, unchanged, type Decision, type Handlers } from '../decision.js';
import { refuse } from '../refuse.js';

/** Starts recording under `recordingId`; when it runs already, answers with the one that runs. */
export function startRecording(state: RoomState, recordingId: string): Decision {
  if (state.recording) return { events: [], result: { recordingId: state.recording.recordingId } };
  return {
    events: [{ type: 'recording.started', payload: { recordingId }, audience: room }],
    effects: [{ kind: 'audit', action: 'recording.started', target: { kind: 'recording', id: recordingId } }],
    result: { recordingId },
  };
}

/**
 * Start and stop are wishes: the recorder reconciles towards them and reports what is. Everyone in the room sees them,
 * so that nobody is recorded without knowing.
 */
export const recording: Handlers<'recording.start' | 'recording.pause' | 'recording.resume' | 'recording.stop'> = {
  'recording.start': ({ state, newId }): Decision => {
    return state.openedAt === null ? refuse('ROOM.NOT_OPEN') : startRecording(state, newId());
  },

  'recording.pause': ({ state: { recording: current } }): Decision =>
    !current || current.paused
      ? unchanged
      : { events: [{ type: 'recording.paused', payload: { recordingId: current.recordingId }, audience: room }] },

  'recording.resume': ({ state: { recording: current } }): Decision =>
    !current?.paused
      ? unchanged
      : { events: [{ type: 'recording.resumed', payload: { recordingId: current.recordingId }, audience: room }] },

  'recording.stop': ({ state: { recording: current } }): Decision => {
    if (!current) return unchanged;
    const { recordingId } = current;
    return {
      events: [{ type: 'recording.stopped', payload: { recordingId }, audience: room }],
      effects: [{ kind: 'audit', action: 'recording.stopped', target: { kind: 'recording', id: recordingId } }],
    };
  },
};
