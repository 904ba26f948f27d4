import type { Replay, ReplayTrack, RoomEvent } from '@lyceum/contracts';
import { anna, cast, maya, tomas, uuid } from './people.js';

const openedAt = Date.parse('2026-11-24T09:15:00Z');
/** As long as the files that the gallery's server makes. */
const LENGTH = 40_000;

let number = 0;
const event = (at: number, actor: string | null, rest: object): RoomEvent =>
  ({ number: ++number, at: openedAt + at, version: 1, actor, audience: { kind: 'room' }, ...rest }) as RoomEvent;
const media = { mic: true, camera: true, screen: false };
const joined = (at: number, who: { id: string; role: string }) =>
  event(at, who.id, { type: 'participant.joined', payload: { participantId: who.id, role: who.role, media } });

const lines: readonly [number, { id: string }, string][] = [
  [6_000, maya, 'Good morning!'],
  [11_000, tomas, 'Is the reading for today chapter 5 or 6?'],
  [14_000, anna, 'Chapter 5. We come to 6 next week.'],
  [21_000, maya, 'Is price elasticity always negative, or only for goods like this one?'],
  [29_000, anna, 'Nearly always. There is a famous exception, and we come to it after the example.'],
];
const events: RoomEvent[] = [
  event(0, anna.id, { type: 'room.opened', payload: { sessionId: uuid(109) } }),
  joined(200, anna),
  joined(3_000, maya),
  joined(4_000, tomas),
  ...lines.map(([at, who], index) =>
    event(at, who.id, {
      type: 'chat.posted',
      payload: { messageId: uuid(600 + index), participantId: who.id, textId: uuid(700 + index) },
    }),
  ),
  event(20_000, maya.id, { type: 'hand.raised', payload: { participantId: maya.id } }),
  event(12_000, anna.id, {
    type: 'media.changed',
    payload: { participantId: anna.id, media: { ...media, screen: true } },
  }),
].toSorted((a, b) => a.at - b.at);

const track = (
  who: { id: string },
  source: ReplayTrack['source'],
  startMs: number,
  durationMs: number,
  file: string,
  id: number,
): ReplayTrack => ({
  trackId: uuid(id),
  participantId: who.id,
  source,
  kind: file.startsWith('sound') ? 'audio' : 'video',
  segments: [
    {
      id: uuid(id + 50),
      startMs,
      durationMs,
      mime: file.startsWith('sound') ? 'audio/webm; codecs="opus"' : 'video/webm; codecs="vp8"',
      bytes: 1,
      url: `/gallery-media/${file}.webm`,
      width: source === 'screen' ? 1280 : 640,
      height: source === 'screen' ? 720 : 360,
    },
  ],
});

export const replayFixture: Replay = {
  sessionId: uuid(109),
  roomId: uuid(900),
  status: 'ready',
  openedAt,
  durationMs: LENGTH,
  recordings: [{ id: uuid(901), status: 'ready', startMs: 200, endMs: LENGTH }],
  tracks: [
    track(anna, 'camera', 500, 39_500, 'anna', 800),
    track(maya, 'camera', 3_200, 30_000, 'maya', 801),
    track(tomas, 'camera', 4_400, 35_000, 'tomas', 802),
    track(anna, 'screen', 12_200, 22_000, 'screen', 803),
    track(anna, 'mic', 500, 39_500, 'sound-anna', 804),
    track(maya, 'mic', 3_200, 30_000, 'sound-maya', 805),
  ],
  events,
  references: {
    people: Object.fromEntries(cast.map(({ id, name }) => [id, { name }])),
    texts: Object.fromEntries(lines.map(([, , words], index) => [uuid(700 + index), words])),
  },
};
