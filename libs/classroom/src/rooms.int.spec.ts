import { randomUUID } from 'node:crypto';
import { handQueue, projectState, type RoomState } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { RoomDirectory } from './application/room-directory.js';
import { RoomFolds } from './application/room-folds.js';
import { Database } from '@lyceum/platform/database';
import { Fanout } from '@lyceum/platform/fanout';
import { EventRows } from './persistence/event-rows.js';
import { Rooms } from './testing/rooms.js';
import { startApi, type TestApi } from './testing/test-api.js';
import { problemIn } from './testing/test-class.js';
import { WireSeat } from './testing/wire-seat.js';

const rooms = Rooms.hooks();

async function foldInPostgres(
  api: TestApi,
  roomId: string,
  lesson = rooms.lesson,
): Promise<{ number: number; state: RoomState }> {
  const room = await api.app.get(RoomDirectory).find(lesson.ctx, roomId);
  return api.app
    .get(Database)
    .transaction(lesson.ctx, 'read', (tx) => api.app.get(RoomFolds).at(tx, roomId, room?.head ?? 0));
}

describe('AV-01 one room served by two apis', () => {
  it('opens with the first host and shows everybody the same state', async () => {
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya, { prepared: true });
    expect(await maya.refused('participant.join', { mic: false, camera: false })).toBe('ROOM.NOT_OPEN');
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    await maya.event('room.opened');
    await maya.do('participant.join', { mic: false, camera: true });
    const tomas = await rooms.enter(rooms.one, rooms.lesson.people.tomas);
    const { number, state } = await foldInPostgres(rooms.two, anna.roomId);
    await Promise.all([anna, maya, tomas].map((seat) => seat.reached(number)));
    for (const [seat, role] of [
      [anna, 'instructor'],
      [maya, 'student'],
      [tomas, 'student'],
    ] as const) {
      expect(seat.state).toEqual(projectState(state, { participantId: seat.id, role, admitted: true }));
    }
    const [session] = await rooms.lesson.query<{ status: string }[]>('select status from class_session where id = $1', [
      rooms.lesson.sessionId,
    ]);
    expect(session?.status).toBe('live');
  });

  it('gives numbers without gaps and acknowledges each command once, however often it is said', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya);
    const tomas = await rooms.enter(rooms.one, rooms.lesson.people.tomas);
    const ids = Array.from({ length: 30 }, () => randomUUID());
    const say = (seat: WireSeat, index: number) =>
      seat.do('chat.send', { text: `line ${index}`, to: { kind: 'room' } }, ids[index]);
    const speakers = [anna, maya, tomas];
    const speaker = (index: number): WireSeat => speakers[index % 3] ?? anna;
    const first = await Promise.all(ids.map((_id, index) => say(speaker(index), index)));
    for (const seat of speakers) seat.frames.length = 0;
    const again = await Promise.all(ids.map((_id, index) => say(speaker(index), index)));
    expect(again.map(({ number, result }) => ({ number, result }))).toEqual(
      first.map(({ number, result }) => ({ number, result })),
    );
    const rows = await rooms.lesson.query<{ number: number }[]>(
      'select number from room_event where room_id = $1 order by number',
      [anna.roomId],
    );
    expect(rows.map((row) => row.number)).toEqual(rows.map((_row, index) => index + 1));
    const [count] = await rooms.lesson.query<{ count: number }[]>(
      `select count(*)::int from room_event where room_id = $1 and type = 'chat.posted'`,
      [anna.roomId],
    );
    expect(count?.count).toBe(30);
  });

  it('reads a snapshot and what came after it, not the whole history', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    for (let round = 0; round < 110; round += 1) {
      await anna.do('hand.raise', {});
      await anna.do('hand.lower', {});
    }
    const [stored] = await rooms.lesson.query<{ number: number }[]>('select number from room_snapshot');
    expect(stored?.number).toBeGreaterThanOrEqual(200);
    const third = await startApi('api-three');
    const events = third.app.get(EventRows);
    const read: number[] = [];
    const between = events.between.bind(events);
    events.between = async (ctx, roomId, after, upTo) => {
      read.push(upTo - after);
      return between(ctx, roomId, after, upTo);
    };
    const fold = await foldInPostgres(third, anna.roomId);
    expect(fold).toEqual(await foldInPostgres(rooms.one, anna.roomId));
    expect(Math.max(...read)).toBeLessThan(50);
    await third.app.close();
  });

  it('prepares people at the device check at media, silent', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya, { prepared: true });
    const wanted = await maya.until(() => rooms.two.media.latest(anna.roomId)?.seats[maya.id], 'prepared seat');
    expect(wanted).toEqual({ present: false, audio: false, video: false, screen: false, priority: null });
    expect(rooms.two.media.latest(anna.roomId)?.seats[anna.id]).toMatchObject({ present: true, audio: true });
    rooms.two.media.emit({
      roomId: anna.roomId,
      participantIds: [maya.id],
      engine: 'mediasoup',
      payload: { hello: 1 },
    });
    expect((await maya.next('media-event')).payload).toEqual({ hello: 1 });
    expect(anna.frames.some((frame) => frame.t === 'media-event')).toBe(false);
  });

  it('refuses a command id that someone else used', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya);
    const id = randomUUID();
    await anna.do('hand.raise', {}, id);
    const answer = await maya.say('hand.raise', {}, id);
    expect(answer.t === 'nack' && answer.problem.code).toBe('ROOM.COMMAND_ID_TAKEN');
  });

  it('delivers while Redis says nothing', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya);
    // As if Redis were gone: what api one says is never heard by api two.
    rooms.one.app.get(Fanout).publish = () => undefined;
    try {
      const { number } = await anna.do('chat.send', { text: 'still there?', to: { kind: 'room' } });
      await maya.reached(number);
      expect(maya.wire).toContain('still there?');
    } finally {
      Reflect.deleteProperty(rooms.one.app.get(Fanout), 'publish');
    }
  });

  it('resumes from the last number through the other api, and starts from a snapshot when the seat moved', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const maya = await rooms.enter(rooms.one, rooms.lesson.people.maya);
    const { number: seen } = await anna.do('hand.raise', {});
    await maya.reached(seen);
    maya.close();
    await anna.do('chat.send', { text: 'while you were away', to: { kind: 'room' } });
    const back = await rooms.hello(rooms.two, maya.token, maya.last);
    const welcome = await back.next('welcome');
    expect(welcome.snapshot).toBeNull();
    expect(welcome.events.map((event) => event.type)).toEqual(['chat.posted']);
    expect(welcome.you.status).toBe('present');
    await back.do('participant.leave', {});
    await back.do('participant.join', { mic: false, camera: false });
    const moved = await rooms.hello(rooms.one, maya.token, seen);
    expect((await moved.next('welcome')).snapshot).not.toBeNull();
  });

  it('lets the newest socket of a seat win, on whichever api', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const second = await rooms.hello(rooms.two, anna.token);
    expect((await anna.next('bye')).problem.code).toBe('ROOM.SEAT_TAKEN_OVER');
    await second.do('hand.raise', {});
  });
});

describe('CO-04 chat', () => {
  it('keeps a private message off every other wire, now and for those who come later', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const per = await rooms.enter(rooms.two, rooms.lesson.people.per);
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya);
    const tomas = await rooms.enter(rooms.one, rooms.lesson.people.tomas);
    await maya.do('chat.send', { text: 'only for tomas', to: { kind: 'person', participantId: tomas.id } });
    await maya.do('chat.send', { text: 'for the hosts', to: { kind: 'hosts' } });
    const { number } = await maya.do('chat.send', { text: 'for the room', to: { kind: 'room' } });
    const jun = await rooms.enter(rooms.one, rooms.lesson.people.jun);
    const later = await rooms.hello(rooms.two, tomas.token);
    await Promise.all([anna, per, maya, tomas, jun].filter((seat) => !seat.closed).map((seat) => seat.reached(number)));
    for (const seat of [anna, per, maya, tomas, jun, later]) expect(seat.wire).toContain('for the room');
    for (const seat of [anna, per, jun]) expect(seat.wire).not.toContain('only for tomas');
    for (const seat of [tomas, jun, later]) expect(seat.wire).not.toContain('for the hosts');
    for (const seat of [tomas, later, maya]) expect(seat.wire).toContain('only for tomas');
    for (const seat of [anna, per, maya]) expect(seat.wire).toContain('for the hosts');
  });

  it('stores texts apart from events, which fold without them', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const { result } = await anna.do('chat.send', { text: 'unforgettable', to: { kind: 'room' } });
    expect(result.messageId).toBeDefined();
    const rows = await rooms.lesson.query<object[]>('select * from room_event where room_id = $1', [anna.roomId]);
    expect(JSON.stringify(rows)).not.toContain('unforgettable');
    await rooms.lesson.query('delete from room_text where room_id = $1', [anna.roomId]);
    const late = await rooms.enter(rooms.two, rooms.lesson.people.jun);
    const posted = late.events.find((event) => event.type === 'chat.posted');
    const textId = posted?.type === 'chat.posted' ? posted.payload.textId : '';
    expect(
      late.frames.flatMap((frame) => (frame.t === 'welcome' ? [frame.references.texts[textId]] : [])).at(-1),
    ).toBeNull();
  });
});

describe('CF-02 CF-03 hosts and hands', () => {
  it('keeps hands in the order they rose and lets hosts lower them', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya);
    const tomas = await rooms.enter(rooms.one, rooms.lesson.people.tomas);
    await tomas.do('hand.raise', {});
    await maya.do('hand.raise', {});
    await tomas.do('hand.raise', {});
    const { number } = await anna.do('hand.raise', {});
    await anna.reached(number);
    expect(handQueue(anna.state).map((seat) => seat.participantId)).toEqual([tomas.id, maya.id, anna.id]);
    expect(await maya.refused('hand.lower', { participantId: tomas.id })).toBe('ROOM.FORBIDDEN');
    await anna.do('hand.lower', { participantId: tomas.id });
    await maya.event('hand.lowered');
  });

  it('mutes by what is wanted of media, removes for good and says why', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya);
    await anna.do('host.mute', { participantId: maya.id });
    await maya.event('media.changed');
    await maya.until(
      () => rooms.one.media.latest(maya.roomId)?.seats[maya.id]?.audio === false || undefined,
      'mute at media',
    );
    await anna.do('host.remove', { participantId: maya.id });
    expect((await maya.next('bye')).problem.code).toBe('ROOM.REMOVED');
    await maya.gone();
    const again = await rooms.lesson.post(rooms.two, 'join', rooms.lesson.people.maya);
    expect([again.status, (await problemIn(again)).code]).toEqual([403, 'ROOM.REMOVED']);
    const seat = await WireSeat.open(rooms.two, rooms.lesson.tenant.slug);
    seat.send({ t: 'hello', seatToken: maya.token, since: null });
    expect((await seat.next('bye')).problem.code).toBe('ROOM.REMOVED');
    expect(rooms.one.media.latest(maya.roomId)?.seats[maya.id]).toBeUndefined();
    const audited = await rooms.lesson.query<{ action: string }[]>(
      'select action from audit_entry order by recorded_at',
    );
    expect(audited.map((entry) => entry.action)).toContain('room.participant-removed');
  });

  it('AV-07 lets hosts, and nobody else, say who interprets, and tells media', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya);
    const wanted = () => rooms.one.media.latest(maya.roomId)?.seats[maya.id]?.priority;
    expect(await maya.refused('host.set-interpreter', { participantId: maya.id, interpreter: true })).toBe(
      'ROOM.FORBIDDEN',
    );
    await anna.do('host.set-interpreter', { participantId: maya.id, interpreter: true });
    await maya.event('interpreter.changed');
    expect(maya.state.seats[maya.id]?.interpreter).toBe(true);
    await maya.until(() => wanted() === 'interpreter' || undefined, 'the interpreter at media');
    await anna.do('host.set-interpreter', { participantId: maya.id, interpreter: false });
    await maya.until(() => wanted() === null || undefined, 'nobody who interprets at media');
  });

  it('holds students in the lobby, hides them from one another and lets hosts decide', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const tomas = await rooms.enter(rooms.two, rooms.lesson.people.tomas);
    await anna.do('lobby.set', { enabled: true });
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya, { prepared: true });
    const ack = await maya.do('participant.join', { mic: true, camera: true });
    expect(ack.result.waiting).toBe(true);
    await anna.event('lobby.entered');
    expect(rooms.one.media.latest(maya.roomId)?.seats[maya.id]).toBeUndefined();
    const { number } = await anna.do('chat.send', { text: 'not for the lobby', to: { kind: 'room' } });
    await tomas.reached(number);
    expect(tomas.wire).not.toContain('lobby.entered');
    expect(maya.wire).not.toContain('not for the lobby');
    const jun = await rooms.enter(rooms.one, rooms.lesson.people.jun, { prepared: true });
    await jun.do('participant.join', { mic: false, camera: false });
    await anna.do('lobby.deny', { participantId: jun.id });
    expect((await jun.next('you')).you.status).toBe('waiting');
    await jun.until(
      () => jun.frames.some((frame) => frame.t === 'you' && frame.you.status === 'gone') || undefined,
      'no',
    );
    await anna.do('lobby.admit', { participantId: maya.id });
    await maya.until(
      () => maya.frames.some((frame) => frame.t === 'welcome' && frame.you.status === 'present') || undefined,
      'admission',
    );
    expect(maya.state.seats[tomas.id]?.present).toBe(true);
  });
});

describe('AS-01 polls', () => {
  it('AS-01 keeps an answer from the others, and from the hosts whose it is', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya);
    const tomas = await rooms.enter(rooms.two, rooms.lesson.people.tomas);
    const opened = await anna.do('poll.open', { question: 'Clear so far?', options: ['yes', 'no'] });
    await Promise.all([maya, tomas].map((seat) => seat.event('poll.opened')));
    const pollId = opened.result.pollId ?? '';
    // What came before names maya to everybody: from here on, nothing may.
    const [heardByAnna, heardByTomas] = [anna.wire.length, tomas.wire.length];
    await maya.do('poll.answer', { pollId, option: 1 });
    const answered = await anna.event('poll.answered');
    expect(answered.payload).toEqual({ pollId, option: 1 });
    // Something for everyone after it, so that whatever would come of the answer has come.
    const { number } = await anna.do('chat.send', { text: 'thank you', to: { kind: 'room' } });
    await Promise.all([anna, maya, tomas].map((seat) => seat.reached(number)));
    expect(anna.wire.slice(heardByAnna)).toContain('poll.answered');
    expect(anna.wire.slice(heardByAnna)).not.toContain(maya.id);
    expect(tomas.wire.slice(heardByTomas)).toContain('thank you');
    expect(tomas.wire).not.toContain('poll.answered');
  });
});

describe('RE-01 recording and the end', () => {
  it('starts by itself with the first host of a recorded class, and the end closes everything', async () => {
    const lesson = await rooms.anotherClass({ recorded: true });
    const anna = await rooms.enter(rooms.one, lesson.people.anna, { lesson });
    const maya = await rooms.enter(rooms.two, lesson.people.maya, { lesson });
    expect(anna.state.recording).not.toBeNull();
    expect(maya.state.recording).not.toBeNull();
    expect(await maya.refused('recording.stop', {})).toBe('ROOM.FORBIDDEN');
    expect(await maya.refused('room.end', {})).toBe('ROOM.FORBIDDEN');
    await maya.until(() => (rooms.one.media.latest(anna.roomId)?.recording ? true : undefined), 'recording wanted');
    await anna.do('room.end', {});
    expect((await maya.next('bye')).problem.code).toBe('ROOM.ENDED');
    await maya.until(() => (rooms.one.media.latest(anna.roomId)?.ended ? true : undefined), 'end at media');
    expect(rooms.one.media.latest(anna.roomId)).toMatchObject({ recording: null, seats: {} });
    const { state } = await foldInPostgres(rooms.two, anna.roomId, lesson);
    expect(Object.values(state.seats).some((seat) => seat.present)).toBe(false);
    const [session] = await lesson.query<{ status: string }[]>('select status from class_session where id = $1', [
      lesson.sessionId,
    ]);
    expect(session?.status).toBe('ended');
    expect((await lesson.post(rooms.two, 'join', lesson.people.jun)).status).toBe(410);
    expect((await lesson.post(rooms.two, 'end', lesson.people.anna)).status).toBe(204);
    const actions = await lesson.query<{ action: string }[]>('select action from audit_entry');
    for (const action of ['room.opened', 'room.joined', 'recording.started', 'room.ended', 'session.ended']) {
      expect(actions.map((entry) => entry.action)).toContain(action);
    }
    await lesson.close();
  });
});
