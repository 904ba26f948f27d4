import type { WantedRoom } from '@lyceum/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoomPlaces } from './room-places.js';

const room = (roomId: string): WantedRoom => ({ roomId, version: 1, ended: false, seats: {}, recording: null });

describe('RoomPlaces', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('AV-08 has a request wait for a room that is about to be placed', async () => {
    const places = new RoomPlaces();
    const early = Promise.all([places.of('r'), places.of('r')]);
    places.set(room('r'), 'media-2');
    expect(await early).toEqual(['media-2', 'media-2']);
    expect(await places.of('r')).toBe('media-2');
  });

  it('AV-08 gives up on a room that nobody places', async () => {
    const places = new RoomPlaces();
    const never = places.of('r');
    await vi.advanceTimersByTimeAsync(3_100);
    expect(await never).toBeNull();
  });

  it('AV-08 knows the rooms of a node, and no longer those that moved on', () => {
    const places = new RoomPlaces();
    places.set(room('a'), 'media-1');
    places.set(room('b'), 'media-1');
    places.set(room('a'), 'media-2');
    expect(places.on('media-1').map(({ roomId }) => roomId)).toEqual(['b']);
    places.delete('b');
    expect(places.on('media-1')).toEqual([]);
  });
});
