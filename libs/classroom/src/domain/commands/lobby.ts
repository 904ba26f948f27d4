import { everyone, hostsAnd, room, unchanged, type Decision, type Draft, type Handlers } from '../decision.js';
import { refuse } from '../refuse.js';

/** Who is let in. Nobody's microphone or camera is open on admission: their own client opens what they chose. */
export const lobby: Handlers<'lobby.set' | 'lobby.admit' | 'lobby.deny'> = {
  'lobby.set': ({ payload, state }): Decision =>
    payload.enabled === state.lobby.enabled
      ? unchanged
      : { events: [{ type: 'lobby.changed', payload: { enabled: payload.enabled }, audience: everyone }] },

  'lobby.admit': ({ payload, state, roleOf }): Decision => {
    const { participantId } = payload;
    const role = roleOf(participantId);
    if (role === null) return refuse('ROOM.NO_SUCH_PARTICIPANT');
    if (!state.lobby.waiting[participantId]) return unchanged;
    const media = { mic: false, camera: false, screen: false };
    const events: Draft[] = [
      { type: 'lobby.left', payload: { participantId, outcome: 'admitted' }, audience: hostsAnd(participantId) },
      { type: 'participant.joined', payload: { participantId, role, media }, audience: room },
    ];
    const target = { kind: 'participant' as const, id: participantId };
    return { events, effects: [{ kind: 'audit', action: 'room.admitted', target }] };
  },

  'lobby.deny': ({ payload, state, roleOf }): Decision => {
    const { participantId } = payload;
    if (roleOf(participantId) === null) return refuse('ROOM.NO_SUCH_PARTICIPANT');
    if (!state.lobby.waiting[participantId]) return unchanged;
    const left: Draft = {
      type: 'lobby.left',
      payload: { participantId, outcome: 'denied' },
      audience: hostsAnd(participantId),
    };
    return { events: [left] };
  },
};
