import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { Rooms } from './testing/rooms.js';

const rooms = Rooms.hooks();

describe('AV-08 the media node of a room', () => {
  afterEach(() => {
    for (const api of [rooms.one, rooms.two]) api.media.misplacing = null;
  });

  it('is the same for both apis, also when one of them moves the room', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya);
    const { roomId } = anna;
    const nodeOf = (api: typeof rooms.one) => api.media.nodes.get(roomId);
    const told = (api: typeof rooms.one, node: string) => maya.until(() => nodeOf(api) === node || undefined, node);
    await Promise.all([told(rooms.one, 'media-1'), told(rooms.two, 'media-1')]);
    const before = rooms.two.media.latest(roomId)?.version ?? 0;

    rooms.one.media.misplace(roomId, 'media-2');
    await Promise.all([told(rooms.one, 'media-2'), told(rooms.two, 'media-2')]);
    // Whoever hears of both takes the new place for the truth.
    expect(rooms.two.media.latest(roomId)?.version).toBeGreaterThan(before);

    // A process that sees it otherwise does not toss it back.
    const versions = rooms.two.media.wanted.length;
    rooms.two.media.misplace(roomId, 'media-1');
    await maya.until(() => rooms.two.media.wanted.length > versions || undefined, 'another look');
    expect(nodeOf(rooms.two)).toBe('media-2');
  });

  it('AV-11 is another one for people of another region, whichever api they come through', async () => {
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna, { from: '10.1.0.7' });
    const maya = await rooms.enter(rooms.two, rooms.lesson.people.maya, { from: '10.2.0.7' });
    const expected = { [anna.id]: 'media-1', [maya.id]: 'media-south' };
    const servedBy = (api: typeof rooms.one) => api.media.seats.get(anna.roomId) ?? {};
    for (const api of [rooms.one, rooms.two]) {
      await maya.until(() => isDeepStrictEqual(servedBy(api), expected) || undefined, 'everyone has a node');
    }
    expect(rooms.one.media.nodes.get(anna.roomId)).toBe('media-1');

    // Maya goes from the campus network to one that nobody knows: home serves her. Nobody is left at the other api, which forgets.
    await rooms.hello(rooms.one, maya.token, maya.last, rooms.lesson, '192.0.2.9');
    const atHome = { [anna.id]: 'media-1', [maya.id]: 'media-1' };
    await anna.until(() => isDeepStrictEqual(servedBy(rooms.one), atHome) || undefined, 'everyone is served at home');
  });

  it('is told of the end where the room was', async () => {
    rooms.one.media.misplacing = 'media-7';
    const anna = await rooms.enter(rooms.one, rooms.lesson.people.anna);
    rooms.one.media.misplacing = null;
    await anna.do('room.end', {});
    await anna.until(() => rooms.one.media.latest(anna.roomId)?.ended || undefined, 'the end at media');
    expect(rooms.one.media.nodes.get(anna.roomId)).toBe('media-7');
  });
});
