import { beforeEach, describe, expect, it } from 'vitest';
import { Floor } from './floor.js';

describe('Floor', () => {
  let held: Set<string>;
  let floor: Floor;
  const heard = (at: number, levels: Record<string, number>) => floor.hears(new Map(Object.entries(levels)), at);
  const open = (at: number, ...names: string[]) => names.forEach((name) => floor.open(name, at));

  beforeEach(() => {
    held = new Set();
    floor = new Floor((trackId, onFloor) => (onFloor ? held.delete(trackId) : held.add(trackId)), 3);
  });

  it('AV-04 gives everybody the floor while there are seats', () => {
    open(0, 'a', 'b', 'c');
    heard(10_000, { a: -20 });
    expect(held).toEqual(new Set());
  });

  it('AV-04 gives it to the loudest few of many', () => {
    open(0, 'a', 'b', 'c', 'd', 'e');
    expect(held).toEqual(new Set(['d', 'e']));
    heard(3_000, { a: -20, d: -30 });
    // One of the two who never spoke gave way, whoever spoke did not.
    expect(floor.has('d')).toBe(true);
    expect(floor.has('a')).toBe(true);
    expect(held.size).toBe(2);
  });

  it('AV-04 takes it from nobody who talks, but for a voice that is clearly louder', () => {
    open(0, 'a', 'b', 'c', 'd');
    heard(3_000, { a: -20, b: -30, c: -40 });
    heard(3_400, { a: -20, b: -30, c: -40, d: -38 });
    expect(held).toEqual(new Set(['d']));
    heard(3_800, { a: -20, b: -30, c: -40, d: -33 });
    expect(held).toEqual(new Set(['c']));
  });

  it('AV-04 keeps it through a pause for breath', () => {
    open(0, 'a', 'b', 'c', 'd');
    heard(3_000, { a: -30, b: -30, c: -30 });
    heard(4_500, { d: -31 });
    expect(held).toEqual(new Set(['d']));
    heard(5_200, { d: -31 });
    expect(floor.has('d')).toBe(true);
  });

  it('AV-04 hears at once who just opened a microphone after a silence', () => {
    open(0, 'a', 'b', 'c');
    heard(9_000, { b: -30, c: -30 });
    open(9_500, 'd');
    expect(held).toEqual(new Set(['a']));
  });

  it('AV-04 gives a free place to who was heard last', () => {
    open(0, 'a', 'b', 'c', 'd', 'e');
    heard(1_000, { a: -20, b: -20, c: -20, e: -40 });
    floor.close('a');
    expect(held).toEqual(new Set(['d']));
  });

  it('AV-04 holds back nothing that is not a microphone of the floor', () => {
    open(0, 'a', 'b', 'c', 'd');
    expect(floor.has('sound of a shared film')).toBe(true);
    floor.close('d');
    expect(held).toEqual(new Set());
  });
});
