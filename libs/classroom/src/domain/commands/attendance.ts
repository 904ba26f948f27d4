import { isHost, type MediaIntent } from '@lyceum/contracts';
import { hostsAnd, room, unchanged, type Decision, type Draft, type Effect, type Handlers } from '../decision.js';
import { refuse } from '../refuse.js';
import { startRecording } from './recording.js';

const same = (a: MediaIntent, b: MediaIntent): boolean =>
  a.mic === b.mic && a.camera === b.camera && a.screen === b.screen;

/**
 * Coming and going. A seat survives reconnects: joining again while present only brings the media up to date. The first
 * host to come starts the recording of a class that is to be recorded; what hosts do with it later is not undone.
 */
export const attendance: Handlers<'participant.join' | 'participant.leave'> = {
  'participant.join': ({ payload, state, speaker, seat, autoRecord, newId }): Decision => {
    if (state.openedAt === null) return refuse('ROOM.NOT_OPEN');
    const { participantId, role } = speaker;
    const media = { mic: payload.mic, camera: payload.camera, screen: false };
    if (seat?.present) {
      const resumed = { ...media, screen: seat.media.screen };
      const changed: Draft = { type: 'media.changed', payload: { participantId, media: resumed }, audience: room };
      return { events: same(seat.media, resumed) ? [] : [changed], result: { waiting: false } };
    }
    if (state.lobby.enabled && !isHost(role)) {
      const entered: Draft = { type: 'lobby.entered', payload: { participantId }, audience: hostsAnd(participantId) };
      return { events: state.lobby.waiting[participantId] ? [] : [entered], result: { waiting: true } };
    }
    const events: Draft[] = [];
    if (state.lobby.waiting[participantId]) {
      const outcome = 'admitted' as const;
      events.push({ type: 'lobby.left', payload: { participantId, outcome }, audience: hostsAnd(participantId) });
    }
    events.push({ type: 'participant.joined', payload: { participantId, role, media }, audience: room });
    const effects: Effect[] = [
      { kind: 'audit', action: 'room.joined', target: { kind: 'participant', id: participantId } },
    ];
    if (autoRecord && isHost(role) && !Object.values(state.seats).some((other) => isHost(other.role))) {
      const started = startRecording(state, newId());
      events.push(...started.events);
      effects.push(...(started.effects ?? []));
    }
    return { events, result: { waiting: false }, effects };
  },

  'participant.leave': ({ state, speaker, seat }): Decision => {
    const { participantId } = speaker;
    if (seat?.present) {
      return { events: [{ type: 'participant.left', payload: { participantId, reason: 'left' }, audience: room }] };
    }
    if (state.lobby.waiting[participantId]) {
      const payload = { participantId, outcome: 'gone' as const };
      return { events: [{ type: 'lobby.left', payload, audience: hostsAnd(participantId) }] };
    }
    return unchanged;
  },
};
