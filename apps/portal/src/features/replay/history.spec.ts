import type { Replay, RoomEvent } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { createHistory, lastAt } from './history.js';

const anna = '00000000-0000-4000-8000-000000000001';
const maya = '00000000-0000-4000-8000-000000000002';
const text = '00000000-0000-4000-8000-00000000000a';
const openedAt = 1_000_000;
const everyone = { kind: 'room' as const };
const media = { mic: true, camera: true, screen: false };

let number = 0;
const event = (at: number, rest: object): RoomEvent =>
  ({ number: ++number, at: openedAt + at, version: 1, actor: null, audience: everyone, ...rest }) as RoomEvent;

const events: RoomEvent[] = [
  event(0, { type: 'room.opened', payload: { sessionId: anna } }),
  event(100, { type: 'participant.joined', payload: { participantId: anna, role: 'instructor', media } }),
  event(5_000, { type: 'participant.joined', payload: { participantId: maya, role: 'student', media } }),
  event(8_000, { type: 'chat.posted', payload: { messageId: text, participantId: maya, textId: text } }),
  event(9_000, { type: 'hand.raised', payload: { participantId: maya } }),
  event(10_000, { type: 'media.changed', payload: { participantId: anna, media: { ...media, screen: true } } }),
  event(11_000, {
    type: 'media.changed',
    payload: { participantId: anna, media: { ...media, mic: false, screen: true } },
  }),
  event(20_000, { type: 'participant.left', payload: { participantId: maya, reason: 'lost' } }),
  event(21_000, { type: 'participant.joined', payload: { participantId: maya, role: 'student', media } }),
];

const segment = (startMs: number, durationMs: number) => ({
  id: anna,
  startMs,
  durationMs,
  mime: 'video/webm',
  bytes: 1,
  url: '/x',
  width: 1280,
  height: 720,
});
const replay: Pick<Replay, 'events' | 'openedAt' | 'references' | 'tracks' | 'durationMs'> = {
  events,
  openedAt,
  durationMs: 30_000,
  references: { people: { [anna]: { name: 'Anna' }, [maya]: null }, texts: { [text]: 'hello' } },
  tracks: [
    {
      trackId: 's',
      participantId: anna,
      source: 'screen',
      kind: 'video',
      segments: [segment(10_100, 2_000), segment(13_000, 4_000)],
    },
  ],
};

describe('RE-02 the room at any moment', () => {
  const history = createHistory(replay);

  it('RE-02 is what the log says until then', () => {
    expect(Object.keys(history.stateAt(-1).seats)).toEqual([]);
    expect(Object.keys(history.stateAt(4_999).seats)).toEqual([anna]);
    expect(history.stateAt(9_000).seats[maya]?.hand).toBe(5);
    expect(history.stateAt(20_500).seats[maya]?.present).toBe(false);
    expect(history.stateAt(99_000).seats[maya]?.present).toBe(true);
  });

  it('RE-02 shows the chat as far as it had come', () => {
    expect(history.chatUntil(7_999)).toHaveLength(0);
    expect(history.chatUntil(8_000).map(({ textId }) => history.textOf(textId))).toEqual(['hello']);
  });

  it('RE-02 marks who came, hands and shared screens once each', () => {
    expect(history.moments.map(({ at, kind }) => [at, kind])).toEqual([
      [100, 'joined'],
      [5_000, 'joined'],
      [9_000, 'hand'],
      [10_000, 'screen'],
    ]);
    expect(history.stretches).toEqual([{ key: 's', startMs: 10_100, endMs: 17_000, participantId: anna }]);
  });

  it('RE-02 forgets what was erased', () => {
    expect(history.nameOf(anna)).toBe('Anna');
    expect(history.nameOf(maya)).toBeNull();
    expect(history.textOf(anna)).toBeNull();
  });

  it('RE-02 searches times', () => {
    expect([-1, 0, 5, 10, 11].map((ms) => lastAt([0, 5, 5, 10], ms))).toEqual([-1, 0, 2, 3, 3]);
    expect(lastAt([], 4)).toBe(-1);
  });
});
