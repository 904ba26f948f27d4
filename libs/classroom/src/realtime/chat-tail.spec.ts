import { inAudience, type Audience, type RoomEvent } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { ChatTail } from './chat-tail.js';

const maya = { participantId: 'maya', role: 'student' as const, admitted: true };
const tomas = { participantId: 'tomas', role: 'student' as const, admitted: true };
const room: Audience = { kind: 'room' };
const secret: Audience = { kind: 'people', participantIds: ['maya'] };

const posted = (number: number, audience: Audience): RoomEvent => ({
  number,
  at: number,
  version: 1,
  actor: null,
  audience,
  type: 'chat.posted',
  payload: { messageId: `m${number}`, participantId: 'maya', textId: `t${number}` },
});

function tailOf(stored: RoomEvent[]): { tail: ChatTail; asked: string[] } {
  const asked: string[] = [];
  const source = {
    chat: async (_upTo: number, limit: number) => {
      asked.push('everyone');
      return stored.slice(-limit);
    },
    chatOf: async (_upTo: number, viewer: typeof maya, limit: number) => {
      asked.push(viewer.participantId);
      return stored.filter((event) => inAudience(event.audience, viewer)).slice(-limit);
    },
  };
  return { tail: new ChatTail(source), asked };
}

const numbers = (events: readonly RoomEvent[]): number[] => events.map((event) => event.number);

describe('CO-04 chat that a newcomer is shown', () => {
  it('is read once for everybody and keeps up with what is pushed', async () => {
    const { tail, asked } = tailOf([posted(1, room), posted(2, secret)]);
    expect(numbers(await tail.visibleTo(tomas, 2))).toEqual([1]);
    tail.push([posted(3, room), posted(4, secret)]);
    expect(numbers(await tail.visibleTo(tomas, 4))).toEqual([1, 3]);
    expect(numbers(await tail.visibleTo(maya, 4))).toEqual([1, 2, 3, 4]);
    expect(asked).toEqual(['everyone']);
  });

  it('asks for the viewer alone when what is kept is not enough', async () => {
    const stored = Array.from({ length: 1_000 }, (_unused, index) => posted(index + 1, index < 500 ? room : secret));
    const { tail, asked } = tailOf(stored);
    expect(numbers(await tail.visibleTo(tomas, 1_000))).toEqual(numbers(stored.slice(300, 500)));
    expect(numbers(await tail.visibleTo(maya, 1_000))).toEqual(numbers(stored.slice(-200)));
    expect(asked).toEqual(['everyone', 'tomas']);
  });

  it('reads again after the room was not followed', async () => {
    const { tail, asked } = tailOf([posted(1, room)]);
    await tail.visibleTo(maya, 1);
    tail.restart();
    await tail.visibleTo(maya, 1);
    expect(asked).toEqual(['everyone', 'everyone']);
  });
});
