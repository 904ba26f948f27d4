import type { Poll, RoomState } from '@lyceum/contracts';
import { hostsAnd, room, unchanged, type Decision, type Handlers } from '../decision.js';
import { refuse } from '../refuse.js';

/** Answers are anonymous: the event has no author, and that someone answered is marked apart from what they said. */
export const polls: Handlers<'poll.open' | 'poll.answer' | 'poll.close'> = {
  'poll.open': ({ payload, newId }): Decision => {
    const pollId = newId();
    const question = { id: newId(), kind: 'poll' as const, body: payload.question };
    const options = payload.options.map((body) => ({ id: newId(), kind: 'poll' as const, body }));
    const optionTextIds = options.map((option) => option.id);
    return {
      events: [
        { type: 'poll.opened', payload: { pollId, questionTextId: question.id, optionTextIds }, audience: room },
      ],
      texts: [question, ...options],
      result: { pollId },
    };
  },

  'poll.answer': ({ payload, state }): Decision => {
    const poll = find(state, payload.pollId);
    if (poll.closed) return refuse('ROOM.POLL_CLOSED');
    if (payload.option >= poll.optionTextIds.length) return refuse('ROOM.INVALID_COMMAND', 'there is no such option');
    return {
      events: [{ type: 'poll.answered', payload, audience: hostsAnd(), anonymous: true }],
      effects: [{ kind: 'vote', pollId: poll.pollId }],
    };
  },

  'poll.close': ({ payload, state }): Decision => {
    const poll = find(state, payload.pollId);
    if (poll.closed) return unchanged;
    const closed = { pollId: poll.pollId, counts: [...poll.counts] };
    return { events: [{ type: 'poll.closed', payload: closed, audience: room }] };
  },
};

function find(state: RoomState, pollId: string): Poll {
  return state.polls[pollId] ?? refuse('ROOM.NO_SUCH_POLL');
}
