import type { Audience } from './audience.js';
import type { RoomEvent } from './events.js';

export interface ChatMessage {
  readonly messageId: string;
  readonly number: number;
  readonly at: number;
  readonly from: string;
  readonly textId: string;
  readonly audience: Audience;
}

/** Chat is folded apart from the room's state, since it grows with history and a snapshot must not. */
export type ChatLog = readonly ChatMessage[];

export function reduceChat(log: ChatLog, event: RoomEvent): ChatLog {
  if (event.type !== 'chat.posted') return log;
  const { messageId, participantId, textId } = event.payload;
  const message = {
    messageId,
    textId,
    from: participantId,
    number: event.number,
    at: event.at,
    audience: event.audience,
  };
  return [...log, message];
}
