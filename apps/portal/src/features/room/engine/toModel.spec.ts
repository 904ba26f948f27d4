import { emptyRoom, type RoomState } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import type { EngineView } from './engine.js';
import { cameraState, micState, phaseOf, toModel } from './toModel.js';

const anna = '00000000-0000-4000-8000-000000000001';
const maya = '00000000-0000-4000-8000-000000000002';
const course = { id: anna, code: 'Econ 210', title: 'Micro', sessions: 3 };
const seat = (participantId: string, role: 'instructor' | 'student', change: object = {}) => ({
  participantId,
  role,
  present: true,
  joinedAt: 5_000,
  leftAt: null,
  interpreter: false,
  hand: null,
  media: { mic: true, camera: true, screen: false },
  ...change,
});
const state: RoomState = {
  ...emptyRoom,
  openedAt: 10_000,
  seats: { [anna]: seat(anna, 'instructor'), [maya]: seat(maya, 'student', { hand: 7 }) },
};
const micTrack = { kind: 'audio' } as MediaStreamTrack;
const own = (change: object = {}) => ({
  source: 'mic' as const,
  track: micTrack,
  muted: false,
  published: true,
  held: false,
  resting: false,
  ...change,
});

function view(change: Partial<EngineView> = {}): EngineView {
  return {
    room: {
      connection: 'open',
      seat: null,
      you: { participantId: anna, role: 'instructor', status: 'present' },
      state,
      chat: [],
      references: { people: { [anna]: { name: 'Anna' }, [maya]: { name: 'Maya' } }, texts: {} },
      clockOffsetMs: 1_000,
      bye: null,
    },
    local: {
      mic: 'on',
      camera: 'off',
      micTrack,
      cameraTrack: null,
      mics: [],
      cameras: [],
      speakers: [],
      micId: null,
      cameraId: null,
      speakerId: null,
    },
    media: 'connected',
    remote: [],
    published: [own()],
    speaker: null,
    quality: null,
    ladder: null,
    talkingMuted: false,
    relayed: false,
    sharing: 'off',
    joining: true,
    left: false,
    ...change,
  };
}

describe('AV-05 the microphone never lies', () => {
  it('AV-05 is open only when the media server has it, does not hold it, and is connected', () => {
    expect(micState(view())).toBe('open');
    expect(micState(view({ published: [] }))).toBe('starting');
    expect(micState(view({ published: [own({ published: false })] }))).toBe('starting');
    expect(micState(view({ published: [own({ held: true })] }))).toBe('starting');
    expect(micState(view({ published: [own({ muted: true })] }))).toBe('starting');
    expect(micState(view({ media: 'connecting' }))).toBe('starting');
  });

  it('AV-05 says when media is down instead of pretending', () => {
    for (const media of ['preparing', 'idle', 'closed'] as const) expect(micState(view({ media }))).toBe('down');
    expect(cameraState(view({ media: 'preparing', local: { ...view().local, camera: 'on' } }))).toBe('down');
  });

  it('AV-05 stays open while only the room’s socket is away', () => {
    const { room } = view();
    const away = view({ room: { ...room, connection: 'reconnecting' } });
    expect(micState(away)).toBe('open');
    expect(phaseOf(away)).toBe('reconnecting');
  });

  it('AV-05 tells muted from refused and from gone', () => {
    expect(micState(view({ local: { ...view().local, mic: 'off' } }))).toBe('muted');
    expect(micState(view({ local: { ...view().local, mic: 'blocked' } }))).toBe('blocked');
    expect(micState(view({ local: { ...view().local, mic: 'missing' } }))).toBe('missing');
  });
});

describe('AV-01 the room’s page', () => {
  const session = { title: 'Price elasticity', course };

  it('AV-01 knows where the reader stands', () => {
    const { room } = view();
    const you = { participantId: anna, role: 'instructor' as const };
    const at = (change: object) => phaseOf({ room: { ...room, ...change }, left: false });
    expect(at({ you: null, connection: 'connecting' })).toBe('connecting');
    expect(at({ you: { ...you, status: 'prepared' } })).toBe('prepared');
    expect(at({ you: { ...you, status: 'waiting' } })).toBe('waiting');
    expect(at({})).toBe('present');
    expect(at({ connection: 'closed' })).toBe('ended');
    expect(at({ you: { ...you, status: 'gone' } })).toBe('ended');
    expect(phaseOf({ room, left: true })).toBe('ended');
  });

  it('CF-03 puts hands in the order in which they were raised', () => {
    const seats = { ...state.seats, [anna]: seat(anna, 'instructor', { hand: 3 }) };
    const { room } = view();
    const model = toModel(view({ room: { ...room, state: { ...state, seats } } }), session, '/c', '?');
    expect(model.hands.map(({ name, hand }) => [name, hand])).toEqual([
      ['Anna', 1],
      ['Maya', 2],
    ]);
  });

  it('CF-06 offers what the role may do', () => {
    const { room } = view();
    const student = { participantId: maya, role: 'student' as const, status: 'present' as const };
    expect(toModel(view(), session, '/c', '?').may).toEqual({ moderate: true, record: true, end: true, share: true });
    expect(toModel(view({ room: { ...room, you: student } }), session, '/c', '?').may).toEqual({
      moderate: false,
      record: false,
      end: false,
      share: true,
    });
  });

  it('AV-01 counts from the server’s clock', () => {
    expect(toModel(view(), session, '/c', '?').openedAt).toBe(9_000);
  });

  it('CO-04 shows that a name or a text was erased', () => {
    const { room } = view();
    const message = {
      messageId: maya,
      number: 4,
      at: 12_000,
      from: maya,
      textId: anna,
      audience: { kind: 'room' as const },
    };
    const erased = { ...room, chat: [message], references: { people: { [maya]: null }, texts: { [anna]: null } } };
    const model = toModel(view({ room: erased }), session, '/c', 'Somebody');
    expect(model.chat[0]).toMatchObject({ name: 'Somebody', text: null, to: 'room', isSelf: false });
  });

  it('AV-07 shows no frozen face where a camera is left out, and says that its owner sends one', () => {
    const camera = {
      trackId: anna,
      participantId: maya,
      source: 'camera' as const,
      kind: 'video' as const,
      paused: false,
      media: {} as MediaStreamTrack,
    };
    const seen = (resting: boolean) => {
      const model = toModel(view({ remote: [{ ...camera, resting }] }), session, '/c', '?');
      return [model.people.find(({ participantId }) => participantId === maya)?.resting, model.tracks.length];
    };
    const before = toModel(view(), session, '/c', '?').tracks.length;
    expect(seen(false)).toEqual([false, before + 1]);
    expect(seen(true)).toEqual([true, before]);
  });

  it('AV-07 says of every picture that it does not come when a path carries sound alone, and goes on to ask for it', () => {
    const track = { participantId: maya, kind: 'video' as const, paused: false, resting: false };
    const media = {} as MediaStreamTrack;
    const remote = [
      { ...track, media, trackId: anna, source: 'camera' as const },
      { ...track, media, trackId: maya, source: 'screen' as const },
    ];
    const model = toModel(view({ remote, ladder: { rung: 'sound', reason: 'network' } }), session, '/c', '?');
    expect(model.people.find(({ participantId }) => participantId === maya)?.resting).toBe(true);
    const shown = model.tracks.filter(({ participantId }) => participantId === maya);
    expect(shown.map(({ source, resting }) => [source, resting])).toEqual([
      ['camera', false],
      ['screen', false],
    ]);
  });

  it('AV-07 tells the reader when their own picture rests', () => {
    const camera = own({ source: 'camera', resting: true });
    expect(toModel(view(), session, '/c', '?').cameraResting).toBe(false);
    expect(toModel(view({ published: [own(), camera] }), session, '/c', '?').cameraResting).toBe(true);
  });
});
