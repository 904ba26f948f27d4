import { randomUUID } from 'node:crypto';
import { commandTypes, type CommandType } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { Database } from '@lyceum/platform/database';
import { Rooms, type EnteredSeat } from './testing/rooms.js';
import { problemIn, type TestClass } from './testing/test-class.js';
import { WireSeat } from './testing/wire-seat.js';

const rooms = Rooms.hooks();

/** What a message can point at in someone else's room. */
interface Target {
  readonly participantId: string;
  readonly pollId: string;
}

/**
 * How each message of the contract names things of another room. `none`: it speaks of the socket's own room only, which the
 * seat token binds. A command that is new in the contract does not compile without a line here.
 */
const foreign: Readonly<Record<CommandType, 'none' | ((target: Target) => unknown)>> = {
  'participant.join': 'none',
  'participant.leave': 'none',
  'media.set': 'none',
  'hand.raise': 'none',
  'hand.lower': ({ participantId }) => ({ participantId }),
  'chat.send': ({ participantId }) => ({ text: 'hello', to: { kind: 'person', participantId } }),
  'host.mute': ({ participantId }) => ({ participantId }),
  'host.stop-video': ({ participantId }) => ({ participantId }),
  'host.stop-share': ({ participantId }) => ({ participantId }),
  'host.set-interpreter': ({ participantId }) => ({ participantId, interpreter: true }),
  'host.remove': ({ participantId }) => ({ participantId }),
  'lobby.set': 'none',
  'lobby.admit': ({ participantId }) => ({ participantId }),
  'lobby.deny': ({ participantId }) => ({ participantId }),
  'recording.start': 'none',
  'recording.pause': 'none',
  'recording.resume': 'none',
  'recording.stop': 'none',
  'poll.open': 'none',
  'poll.answer': ({ pollId }) => ({ pollId, option: 0 }),
  'poll.close': ({ pollId }) => ({ pollId }),
  'room.end': 'none',
};

/** Says a command with an unchecked payload; the status of the answer, 200 for an ack. */
async function status(seat: WireSeat, type: string, payload: unknown): Promise<number> {
  const id = randomUUID();
  seat.send({ t: 'cmd', id, type, payload });
  const answer = await seat.until(
    () => seat.frames.find((frame) => (frame.t === 'ack' || frame.t === 'nack') && frame.id === id),
    `answer to ${type}`,
  );
  return answer.t === 'nack' ? answer.problem.status : 200;
}

async function both(): Promise<{ theirs: TestClass; anna: EnteredSeat; maya: EnteredSeat; ines: EnteredSeat }> {
  const theirs = await rooms.anotherClass();
  const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
  const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya);
  const ines = await rooms.enter(rooms.two, theirs.people.anna, { lesson: theirs });
  return { theirs, anna, maya, ines };
}

describe('SE-03 another institution', () => {
  it('is told 404 for whatever a message names of ours, where our own host is answered', async () => {
    const { theirs, anna, maya, ines } = await both();
    const poll = await anna.do('poll.open', { question: 'why?', options: ['a', 'b'] });
    const target = { participantId: maya.id, pollId: poll.result.pollId ?? '' };
    // Removing comes last: after it the target is gone for everyone.
    const order = [...commandTypes].sort((a, b) => Number(a === 'host.remove') - Number(b === 'host.remove'));
    for (const type of order) {
      const make = foreign[type];
      if (make === 'none') continue;
      expect([type, await status(ines, type, make(target))]).toEqual([type, 404]);
      expect([type, await status(anna, type, make(target))]).toEqual([type, 200]);
    }
    expect(ines.wire).not.toContain(maya.id);
    expect(maya.wire).not.toContain(ines.id);
    await theirs.close();
  });

  it('gets no socket with our token, and no answer to any message without a seat', async () => {
    const { theirs, maya } = await both();
    const stranger = await WireSeat.open(rooms.one, theirs.tenant.slug);
    rooms.seats.push(stranger);
    for (const type of commandTypes) expect([type, await status(stranger, type, {})]).toEqual([type, 404]);
    const id = randomUUID();
    stranger.send({ t: 'media', id, engine: 'mediasoup', payload: {} });
    expect((await stranger.next('nack')).problem.status).toBe(404);
    stranger.send({ t: 'hello', seatToken: maya.token, since: null });
    expect((await stranger.next('bye')).problem).toMatchObject({ status: 404, code: 'ROOM.NOT_FOUND' });
    await expect(WireSeat.open(rooms.one, 'no-such-institution')).rejects.toThrow('404');
    await theirs.close();
  });

  it('gets 404 for our session by REST, under its own address and under ours', async () => {
    const { theirs } = await both();
    const { lesson } = rooms;
    for (const verb of ['join', 'end'] as const) {
      const own = { 'x-test-person': `${theirs.tenant.id} ${theirs.people.anna.id} instructor` };
      for (const slug of [theirs.tenant.slug, lesson.tenant.slug]) {
        const url = `http://${rooms.one.host}/t/${slug}/api/v1/sessions/${lesson.sessionId}/${verb}`;
        const response = await fetch(url, { method: 'POST', headers: own });
        expect([slug, verb, response.status]).toEqual([slug, verb, 404]);
      }
      expect((await lesson.post(rooms.one, verb, lesson.people.anna)).status).toBeLessThan(300);
    }
    await theirs.close();
  });

  it('can neither read nor point at our rows through SQL', async () => {
    const { theirs, anna, maya } = await both();
    const log = ['room_event', 'room_command', 'room_text', 'room_snapshot'];
    const tables = ['room', 'room_media', 'participant', ...log, 'poll_voter'];
    for (const table of tables) {
      const rows = await theirs.query<object[]>(`select * from ${table} where tenant_id = $1`, [
        rooms.lesson.tenant.id,
      ]);
      expect([table, rows]).toEqual([table, []]);
    }
    const event = `insert into room_event (tenant_id, room_id, number, at, type, version, audience, payload)
      values ($1, $2, 999, now(), 'hand.raised', 1, '{}', '{}')`;
    await expect(theirs.query(event, [theirs.tenant.id, anna.roomId])).rejects.toThrow('foreign key');
    await expect(theirs.query(event, [rooms.lesson.tenant.id, anna.roomId])).rejects.toThrow('row-level security');
    await expect(rooms.lesson.query(`update room_event set payload = '{}'`)).rejects.toThrow('permission denied');
    const seat = `insert into participant (tenant_id, id, room_id, person_id, role)
      select $1, gen_random_uuid(), room_id, $2, 'student' from participant where id = $3`;
    await theirs.query(seat, [theirs.tenant.id, theirs.people.jun.id, maya.id]);
    const [count] = await theirs.query<{ count: number }[]>('select count(*)::int as count from participant');
    expect(count?.count).toBe(1);
    await expect(
      rooms.one.app.get(Database).platform((manager) => manager.query('select * from room')),
    ).rejects.toThrow(/permission denied|no tenant is set/);
    await theirs.close();
  });
});

describe('SE-02 who is let onto a socket', () => {
  it('refuses pages of another origin, forged and outdated tokens, and noise', async () => {
    const { slug } = rooms.lesson.tenant;
    await expect(WireSeat.open(rooms.one, slug, { origin: 'https://evil.example' })).rejects.toThrow('403');
    (await WireSeat.open(rooms.one, slug, { origin: 'https://lyceum.example' })).close();
    for (const seatToken of ['', 'a.b.c', 'x'.repeat(5000)]) {
      const seat = await WireSeat.open(rooms.one, slug);
      seat.send({ t: 'hello', seatToken, since: null });
      expect((await seat.next('bye')).problem.status).toBeLessThan(500);
      await seat.gone();
    }
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    await rooms.lesson.query('update participant set seat_epoch = seat_epoch + 1 where id = $1', [anna.id]);
    const outdated = await WireSeat.open(rooms.two, slug);
    outdated.send({ t: 'hello', seatToken: anna.token, since: null });
    expect((await outdated.next('bye')).problem.code).toBe('ROOM.SEAT_INVALID');
    expect(await anna.refused('hand.raise', {})).toBe('ROOM.SEAT_INVALID');
    anna.sendRaw('{"t":"nonsense"}');
    expect((await anna.next('bye')).problem.code).toBe('ROOM.BAD_FRAME');
  });

  it('slows down who sends too much, and refuses what no contract knows', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    expect(await status(anna, 'toString', {})).toBe(400);
    expect(await status(anna, 'chat.send', { text: '', to: { kind: 'room' } })).toBe(400);
    for (let count = 0; count < 600; count += 1)
      anna.send({ t: 'cmd', id: randomUUID(), type: 'hand.raise', payload: {} });
    await anna.until(
      () => anna.frames.find((frame) => frame.t === 'nack' && frame.problem.code === 'ROOM.TOO_FAST'),
      'ROOM.TOO_FAST',
    );
  });

  it('asks 401 of who is not signed in, 403 or 404 of who does not belong to the course', async () => {
    const { lesson } = rooms;
    const url = `http://${rooms.one.host}/t/${lesson.tenant.slug}/api/v1/sessions/${lesson.sessionId}/join`;
    expect((await fetch(url, { method: 'POST' })).status).toBe(401);
    await lesson.query('delete from enrolment where person_id = $1', [lesson.people.jun.id]);
    expect((await lesson.post(rooms.one, 'join', lesson.people.jun)).status).toBe(404);
    await rooms.enter(rooms.one, lesson.people.anna);
    const end = await lesson.post(rooms.one, 'end', lesson.people.maya);
    expect([end.status, (await problemIn(end)).code]).toEqual([403, 'AUTH.FORBIDDEN']);
  });
});
