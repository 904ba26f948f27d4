import { isHost } from '@lyceum/contracts';
import { room, unchanged, type Decision, type Handlers } from '../decision.js';
import { refuse } from '../refuse.js';

/** The queue's order is the order of the log: a hand that is up keeps its place. */
export const hands: Handlers<'hand.raise' | 'hand.lower'> = {
  'hand.raise': ({ speaker, seat }): Decision =>
    seat?.hand !== null
      ? unchanged
      : { events: [{ type: 'hand.raised', payload: { participantId: speaker.participantId }, audience: room }] },

  'hand.lower': ({ payload, state, speaker }): Decision => {
    const participantId = payload.participantId ?? speaker.participantId;
    if (participantId !== speaker.participantId && !isHost(speaker.role)) return refuse('ROOM.FORBIDDEN');
    const seat = state.seats[participantId];
    if (!seat) return refuse('ROOM.NO_SUCH_PARTICIPANT');
    if (seat.hand === null) return unchanged;
    return { events: [{ type: 'hand.lowered', payload: { participantId }, audience: room }] };
  },
};
