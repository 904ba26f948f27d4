import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { movers, peopleOn, RoomPlaces, type PlacedRoom } from './room-places.js';

const room = (roomId: string, home: string, seats: Record<string, string> = {}, ended = false): PlacedRoom => ({
  wanted: { roomId, version: 1, ended, seats: {}, recording: null },
  home,
  seats,
});

describe('RoomPlaces', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('AV-08 has a request wait for a room that is about to be placed', async () => {
    const places = new RoomPlaces();
    const early = Promise.all([places.nodeOf('r', 'anna'), places.nodeOf('r', 'anna')]);
    places.set(room('r', 'media-2', { anna: 'media-2' }));
    expect(await early).toEqual(['media-2', 'media-2']);
    expect(await places.nodeOf('r', 'anna')).toBe('media-2');
  });

  it('AV-11 has a request wait for a person who is about to be given a node', async () => {
    const places = new RoomPlaces();
    places.set(room('r', 'media-1', { anna: 'media-1' }));
    const early = places.nodeOf('r', 'maya');
    places.set(room('r', 'media-1', { anna: 'media-1', maya: 'media-2' }));
    expect(await early).toBe('media-2');
    const stranger = places.nodeOf('r', 'zoe');
    await vi.advanceTimersByTimeAsync(3_100);
    expect(await stranger).toBe('media-1');
  });

  it('AV-08 gives up on a room that nobody places, and waits for nobody when it has ended', async () => {
    const places = new RoomPlaces();
    const never = places.nodeOf('r', 'anna');
    await vi.advanceTimersByTimeAsync(3_100);
    expect(await never).toBeNull();
    places.set(room('r', 'media-1', {}, true));
    expect(await places.nodeOf('r', 'anna')).toBe('media-1');
  });

  it('AV-11 knows the rooms of a node, as home and as branch, and no longer those that moved on', () => {
    const places = new RoomPlaces();
    places.set(room('a', 'media-1'));
    places.set(room('b', 'media-1'));
    places.set(room('c', 'media-2', { maya: 'media-1' }));
    places.set(room('a', 'media-2'));
    expect(places.on('media-1').map(({ wanted }) => wanted.roomId)).toEqual(['b', 'c']);
    places.delete('b');
    places.delete('c');
    expect(places.on('media-1')).toEqual([]);
  });

  it('AV-11 names those who get another node, and nobody else', () => {
    const before = room('r', 'media-1', { anna: 'media-1', ben: 'media-1', maya: 'media-2' });
    expect(movers(before, room('r', 'media-3', { anna: 'media-3', ben: 'media-3', maya: 'media-2' }))).toEqual(
      new Map([['media-1', ['anna', 'ben']]]),
    );
    expect(movers(before, room('r', 'media-1', { anna: 'media-1', ben: 'media-1', maya: 'media-1' }))).toEqual(
      new Map([['media-2', ['maya']]]),
    );
    expect(movers(before, room('r', 'media-1', { anna: 'media-1' }))).toEqual(new Map([['media-2', ['maya']]]));
    expect(peopleOn(before, 'media-1')).toEqual(['anna', 'ben']);
  });
});
