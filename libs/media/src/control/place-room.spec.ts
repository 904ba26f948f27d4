import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { placeRoom } from './place-room.js';

describe('placeRoom', () => {
  const rooms = Array.from({ length: 400 }, () => randomUUID());

  it('AV-03 finds the same node whatever the order of the list', () => {
    for (const room of rooms) expect(placeRoom(room, ['a', 'b', 'c'])).toBe(placeRoom(room, ['c', 'a', 'b']));
  });

  it('AV-03 moves only the rooms that the new node takes', () => {
    const moved = rooms.filter((room) => placeRoom(room, ['a', 'b']) !== placeRoom(room, ['a', 'b', 'c']));
    expect(moved.every((room) => placeRoom(room, ['a', 'b', 'c']) === 'c')).toBe(true);
    expect(moved.length).toBeGreaterThan(60);
    expect(moved.length).toBeLessThan(220);
  });
});
