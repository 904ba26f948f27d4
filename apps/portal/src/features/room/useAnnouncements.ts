import { useEffect, useRef } from 'react';
import { announce } from '../../shared/announce/Announcer.js';
import type { Translate } from '../../shared/i18n/text.js';
import { useText } from '../../shared/i18n/text.js';
import { ladderWords } from './ladder.js';
import type { SteadyRoom } from './model.js';
import { roomShortcuts } from './shortcuts.js';

/** What changed between two looks at a room, in sentences for those who hear it; at most one of each kind. */
export function roomNews(
  before: SteadyRoom,
  after: SteadyRoom,
  reader: { readonly chatOpen: boolean; readonly keys: boolean },
  text: Translate,
): string[] {
  if (before.phase !== 'present' || after.phase !== 'present') return [];
  const news: string[] = [];
  const known = new Set(before.people.map(({ participantId }) => participantId));
  const here = new Set(after.people.map(({ participantId }) => participantId));
  const came = after.people.filter(({ participantId, isSelf }) => !isSelf && !known.has(participantId));
  const went = before.people.filter(({ participantId, isSelf }) => !isSelf && !here.has(participantId));
  if (came[0]) news.push(text('room.said.joined', { name: came[0].name, others: came.length - 1 }));
  if (went[0]) news.push(text('room.said.left', { name: went[0].name, others: went.length - 1 }));
  const raisedBefore = new Set(before.hands.map(({ participantId }) => participantId));
  const raised = after.hands.find(({ participantId, isSelf }) => !isSelf && !raisedBefore.has(participantId));
  if (raised) news.push(text('room.said.hand', { name: raised.name }));
  if (before.recording === null && after.recording !== null) news.push(text('room.said.recording'));
  if (before.recording !== null && after.recording === null) news.push(text('room.said.notRecording'));
  if (before.self.mic && !after.self.mic && after.mic === 'muted') news.push(text('room.said.muted'));
  if (!before.talkingMuted && after.talkingMuted) {
    const key = roomShortcuts.mic;
    news.push(reader.keys ? text('room.said.talkingMuted', { key }) : text('room.said.talkingMuted.noKeys'));
  }
  if (before.ladder?.rung !== after.ladder?.rung) {
    news.push(ladderWords(after.ladder, text) ?? text('room.said.allVideos'));
  }
  const last = after.chat.at(-1);
  const isNew = last !== undefined && last.messageId !== before.chat.at(-1)?.messageId;
  if (isNew && !last.isSelf) {
    const short = { name: last.name, text: last.text ?? '' };
    news.push(text(reader.chatOpen ? 'room.said.chat' : 'room.said.chatClosed', short));
  }
  return news;
}

/** Tells a screen reader, politely, who came, who raised a hand and what was written. */
export function useAnnouncements(model: SteadyRoom, chatOpen: boolean, keys: boolean): void {
  const text = useText();
  const before = useRef(model);
  useEffect(() => {
    for (const sentence of roomNews(before.current, model, { chatOpen, keys }, text)) announce(sentence);
    before.current = model;
  }, [model, chatOpen, keys, text]);
}
