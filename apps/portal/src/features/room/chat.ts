import type { ChatEntry } from './model.js';

export interface ChatGroup {
  readonly key: string;
  readonly name: string;
  readonly isSelf: boolean;
  readonly to: ChatEntry['to'];
  readonly at: number;
  readonly messages: readonly ChatEntry[];
}

/** What one person wrote within this time to the same audience stands under one name. */
const TOGETHER_MS = 3 * 60_000;

/** Groups neighbouring messages; the order stays the log's. */
export function groupMessages(chat: readonly ChatEntry[]): ChatGroup[] {
  const groups: {
    key: string;
    name: string;
    isSelf: boolean;
    to: ChatEntry['to'];
    at: number;
    messages: ChatEntry[];
  }[] = [];
  for (const entry of chat) {
    const last = groups.at(-1);
    const first = last?.messages[0];
    const together =
      last && first?.participantId === entry.participantId && last.to === entry.to && entry.at - last.at < TOGETHER_MS;
    if (together) last.messages.push(entry);
    else
      groups.push({
        key: entry.messageId,
        name: entry.name,
        isSelf: entry.isSelf,
        to: entry.to,
        at: entry.at,
        messages: [entry],
      });
  }
  return groups;
}
