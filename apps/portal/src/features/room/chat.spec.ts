import { describe, expect, it } from 'vitest';
import { groupMessages } from './chat.js';
import type { ChatEntry } from './model.js';

const entry = (messageId: string, participantId: string, minute: number, to: ChatEntry['to'] = 'room'): ChatEntry => ({
  messageId,
  participantId,
  name: participantId,
  isSelf: false,
  text: messageId,
  at: minute * 60_000,
  to,
});

describe('CO-04 the chat', () => {
  it('CO-04 puts what one person wrote in a row under one name', () => {
    const groups = groupMessages([
      entry('1', 'maya', 0),
      entry('2', 'maya', 1),
      entry('3', 'tomas', 1),
      entry('4', 'maya', 2),
    ]);
    expect(groups.map((group) => group.messages.map(({ messageId }) => messageId))).toEqual([['1', '2'], ['3'], ['4']]);
  });

  it('CO-04 starts anew after a pause and for another audience, so that nothing private looks public', () => {
    const groups = groupMessages([entry('1', 'maya', 0), entry('2', 'maya', 3), entry('3', 'maya', 3, 'hosts')]);
    expect(groups.map(({ key, to }) => [key, to])).toEqual([
      ['1', 'room'],
      ['2', 'room'],
      ['3', 'hosts'],
    ]);
  });
});
