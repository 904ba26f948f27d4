import { describe, expect, it } from 'vitest';
import { placeNodes, type RoomNodes } from './place-branches.js';
import type { NodeStanding } from './place-room.js';

const node = (id: string, region: string | null, more: Partial<NodeStanding> = {}): NodeStanding => ({
  id,
  region,
  isUp: true,
  isFit: true,
  load: 0,
  ...more,
});
const dead = { isUp: false, isFit: false };

describe('placeNodes', () => {
  const nodes = [node('n', 'north'), node('s', 'south'), node('e', 'east')];
  const place = (regions: string[], current: RoomNodes | null = null, standings = nodes) =>
    placeNodes('r', { region: 'east', regions }, current, standings);

  it('AV-11 puts a room where its first people are, and where its institution is while nobody knows', () => {
    expect(place(['south'])).toEqual({ home: 's', branches: {} });
    expect(place(['north', 'south', 'south']).home).toBe('s');
    // The first one decides between equals.
    expect(place(['south', 'north']).home).toBe('s');
    expect(place(['nowhere']).home).toMatch(/^[nse]$/);
    expect(place([]).home).toBe('e');
  });

  it('AV-11 leaves a room where its first people were, and serves those of other regions by a nearer node', () => {
    const current = { home: 'n', branches: {} };
    expect(place(['north', 'south', 'south', 'south'], current)).toEqual({ home: 'n', branches: { south: 's' } });
  });

  it('AV-11 takes health before nearness', () => {
    const standings = [node('n', 'north'), node('s', 'south', dead)];
    expect(place(['south'], null, standings)).toEqual({ home: 'n', branches: {} });
    expect(place(['north', 'south'], { home: 'n', branches: { south: 's' } }, standings).branches).toEqual({});
  });

  it('AV-11 keeps a branch while it is fit, and finds another of the region when it is not', () => {
    const two = [node('n', 'north'), node('s', 'south', { load: 0.9 }), node('s2', 'south')];
    const current = { home: 'n', branches: { south: 's' } };
    expect(place(['south'], current, two).branches).toEqual({ south: 's' });
    const left = [node('n', 'north'), node('s', 'south', { isFit: false }), node('s2', 'south')];
    expect(place(['south'], current, left).branches).toEqual({ south: 's2' });
  });

  it('AV-11 moves nobody while the nodes have not said where they are', () => {
    const silent = [node('n', null, { isUp: false }), node('s', null, { isUp: false })];
    const current = { home: 'n', branches: { south: 's' } };
    expect(place(['north', 'south'], current, silent)).toEqual(current);
    expect(place(['north', 'east'], { home: 'n', branches: {} }, silent).branches).toEqual({});
  });

  it('AV-11 gives up a branch when its people have left, or home came to them', () => {
    expect(place(['north'], { home: 'n', branches: { south: 's' } }).branches).toEqual({});
    const moved = [node('n', 'north', dead), node('s', 'south')];
    expect(place(['north', 'south'], { home: 'n', branches: { south: 's' } }, moved)).toEqual({
      home: 's',
      branches: {},
    });
  });
});
