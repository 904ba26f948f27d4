import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { placeRoom, type NodeStanding } from './place-room.js';

const node = (id: string, more: Partial<NodeStanding> = {}): NodeStanding => ({
  id,
  region: 'north',
  isUp: true,
  isFit: true,
  load: 0,
  ...more,
});
const dead = { isUp: false, isFit: false };

describe('placeRoom', () => {
  const rooms = Array.from({ length: 400 }, () => randomUUID());
  const ids = (...names: string[]) => names.map((name) => node(name));
  const place = (nodes: NodeStanding[], current: string | null = null, room = 'r') =>
    placeRoom(room, 'north', current, nodes);

  it('AV-08 finds the same node whatever the order of the list', () => {
    for (const room of rooms) {
      expect(place(ids('a', 'b', 'c'), null, room)).toBe(place(ids('c', 'a', 'b'), null, room));
    }
  });

  it('AV-08 spreads rooms over equals, and gives a new node only its share', () => {
    const moved = rooms.filter((room) => place(ids('a', 'b'), null, room) !== place(ids('a', 'b', 'c'), null, room));
    expect(moved.every((room) => place(ids('a', 'b', 'c'), null, room) === 'c')).toBe(true);
    expect(moved.length).toBeGreaterThan(60);
    expect(moved.length).toBeLessThan(220);
  });

  it('AV-08 leaves a room where it is while that is fit, however loaded or far', () => {
    expect(place([node('a', { load: 0.99, region: 'south' }), node('b')], 'a')).toBe('a');
    // Silent for a moment only.
    expect(place([node('a', { isUp: false }), node('b')], 'a')).toBe('a');
  });

  it('AV-08 takes health before region, region before load', () => {
    const far = node('far', { region: 'south' });
    expect(place([node('a', dead), far], 'a')).toBe('far');
    expect(place([node('a', { isFit: false }), far], 'a')).toBe('far');
    expect(place([far, node('near', { load: 0.9 })])).toBe('near');
    expect(place([node('a', { load: 0.8 }), node('b', { load: 0.2 })])).toBe('b');
  });

  it('AV-08 prefers a node that answers to one that may only be slow', () => {
    expect(place([node('a', { isUp: false, region: null }), node('b', { region: 'south' })])).toBe('b');
  });

  it('AV-08 stays put when no node is fit', () => {
    expect(place([node('a', dead), node('b', { isFit: false })], 'a')).toBe('a');
    expect(['a', 'b']).toContain(place([node('a', dead), node('b', dead)]));
    // Its node was taken out of the configuration.
    expect(place([node('b', dead)], 'gone')).toBe('b');
  });
});
