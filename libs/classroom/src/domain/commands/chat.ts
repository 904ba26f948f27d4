import type { Audience, CommandPayload } from '@lyceum/contracts';
import { hostsAnd, room, type Decision, type Handlers } from '../decision.js';
import { refuse } from '../refuse.js';

/** The body goes to a row of its own; the event only says who, when and for whom. */
export const chat: Handlers<'chat.send'> = {
  'chat.send': ({ payload, state, speaker, newId }): Decision => {
    const { participantId } = speaker;
    const recipient = payload.to.kind === 'person' ? payload.to.participantId : null;
    if (recipient !== null && !state.seats[recipient]) return refuse('ROOM.NO_SUCH_PARTICIPANT');
    const messageId = newId();
    const textId = newId();
    return {
      events: [
        {
          type: 'chat.posted',
          payload: { messageId, participantId, textId },
          audience: audienceOf(payload.to, participantId),
        },
      ],
      texts: [{ id: textId, kind: 'chat', body: payload.text }],
      result: { messageId },
    };
  },
};

function audienceOf(to: CommandPayload<'chat.send'>['to'], from: string): Audience {
  switch (to.kind) {
    case 'room':
      return room;
    case 'hosts':
      return hostsAnd(from);
    case 'person':
      return { kind: 'people', participantIds: [...new Set([from, to.participantId])] };
  }
}
