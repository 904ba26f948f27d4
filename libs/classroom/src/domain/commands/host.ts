import { isHost, presentSeats, type RoomState, type Seat } from '@lyceum/contracts';
import { room, unchanged, type Decision, type Handlers } from '../decision.js';
import { refuse } from '../refuse.js';
import { mediaChanged } from './media.js';

type HostCommand = 'host.mute' | 'host.stop-video' | 'host.stop-share' | 'host.set-interpreter' | 'host.remove';

/** What hosts do to others. They can close a microphone or camera, never open one. */
export const host: Handlers<HostCommand> = {
  'host.mute': ({ payload, state }): Decision => {
    const targets =
      payload.participantId === undefined
        ? presentSeats(state).filter((seat) => !isHost(seat.role))
        : [present(state, payload.participantId)];
    const speaking = targets.filter((seat) => seat.media.mic);
    return { events: speaking.map((seat) => mediaChanged(seat.participantId, { ...seat.media, mic: false })) };
  },

  'host.stop-video': ({ payload, state }): Decision => {
    const seat = present(state, payload.participantId);
    if (!seat.media.camera) return unchanged;
    return { events: [mediaChanged(seat.participantId, { ...seat.media, camera: false })] };
  },

  'host.stop-share': ({ payload, state }): Decision => {
    const seat = present(state, payload.participantId);
    if (!seat.media.screen) return unchanged;
    return { events: [mediaChanged(seat.participantId, { ...seat.media, screen: false })] };
  },

  'host.set-interpreter': ({ payload, state }): Decision => {
    const { participantId, interpreter } = present(state, payload.participantId);
    if (interpreter === payload.interpreter) return unchanged;
    return { events: [{ type: 'interpreter.changed', payload: { ...payload, participantId }, audience: room }] };
  },

  'host.remove': ({ payload, state }): Decision => {
    const { participantId, role } = present(state, payload.participantId);
    if (role === 'instructor') return refuse('ROOM.FORBIDDEN');
    return {
      events: [{ type: 'participant.left', payload: { participantId, reason: 'removed' }, audience: room }],
      effects: [
        { kind: 'revoke-seat', participantId },
        { kind: 'audit', action: 'room.participant-removed', target: { kind: 'participant', id: participantId } },
      ],
    };
  },
};

function present(state: RoomState, participantId: string): Seat {
  const seat = state.seats[participantId];
  return seat?.present ? seat : refuse('ROOM.NO_SUCH_PARTICIPANT');
}
