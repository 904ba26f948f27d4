import { describe, expect, it } from 'vitest';
import { chooseLayout, galleryColumns, gallerySize, tileOrder, tilePage } from './layout.js';

const person = (participantId: string, role: 'instructor' | 'ta' | 'student', joinedAt: number, isSelf = false) => ({
  participantId,
  role,
  joinedAt,
  isSelf,
});
const maya = person('maya', 'student', 10, true);
const tomas = person('tomas', 'student', 20);
const per = person('per', 'ta', 30);
const anna = person('anna', 'instructor', 40);
const people = [maya, tomas, per, anna];
const base = { mode: 'speaker' as const, people, tracks: [], lastSpeaker: null, pinned: null };
const screen = (trackId: string, participantId: string) => ({ trackId, participantId, source: 'screen' });

describe('AV-09 the stage', () => {
  it('AV-09 orders tiles by role and then by coming, the same in every browser', () => {
    expect(tileOrder(people)).toEqual(['anna', 'per', 'maya', 'tomas']);
    expect(tileOrder(people.toReversed())).toEqual(['anna', 'per', 'maya', 'tomas']);
  });

  it('AV-09 shows the teacher until somebody speaks, and keeps who spoke last', () => {
    expect(chooseLayout(base).stage).toEqual({ kind: 'person', participantId: 'anna' });
    expect(chooseLayout({ ...base, lastSpeaker: 'tomas' })).toEqual({
      stage: { kind: 'person', participantId: 'tomas' },
      tiles: ['anna', 'per', 'maya'],
    });
  });

  it('AV-09 never shows oneself while another can be shown', () => {
    expect(chooseLayout({ ...base, lastSpeaker: 'maya' }).stage).toEqual({ kind: 'person', participantId: 'anna' });
    expect(chooseLayout({ ...base, people: [maya] }).stage).toEqual({ kind: 'person', participantId: 'maya' });
  });

  it('AV-04 gives the stage to a shared screen in every layout, the newest first', () => {
    const tracks = [screen('s1', 'anna'), screen('s2', 'tomas')];
    for (const mode of ['speaker', 'gallery'] as const) {
      const { stage, tiles } = chooseLayout({ ...base, mode, tracks, lastSpeaker: 'per' });
      expect(stage).toEqual({ kind: 'screen', trackId: 's2', participantId: 'tomas' });
      expect(tiles).toHaveLength(4);
    }
    expect(chooseLayout({ ...base, tracks, pinned: 's1' }).stage).toMatchObject({ trackId: 's1' });
  });

  it('AV-04 forgets the screen of someone who left', () => {
    expect(chooseLayout({ ...base, tracks: [screen('s1', 'gone')] }).stage.kind).toBe('person');
  });

  it('AV-09 shows everyone alike in the gallery, unless someone is pinned', () => {
    expect(chooseLayout({ ...base, mode: 'gallery', lastSpeaker: 'per' }).stage).toEqual({ kind: 'none' });
    expect(chooseLayout({ ...base, mode: 'gallery', pinned: 'per' }).stage).toEqual({
      kind: 'person',
      participantId: 'per',
    });
    expect(chooseLayout({ ...base, mode: 'gallery', pinned: 'gone' }).stage).toEqual({ kind: 'none' });
  });

  it('AV-09 shows nothing in an empty room', () => {
    expect(chooseLayout({ ...base, people: [] })).toEqual({ stage: { kind: 'none' }, tiles: [] });
  });
});

describe('AV-09 the gallery', () => {
  it.each([
    [1, 1200, 700, 1],
    [2, 1200, 700, 2],
    [4, 1200, 700, 2],
    [9, 1200, 700, 3],
    [2, 360, 640, 1],
    [6, 360, 640, 2],
    [0, 360, 640, 1],
  ])('AV-09 lays %i tiles out in %i×%i with %i columns', (count, width, height, columns) => {
    expect(galleryColumns(count, width, height)).toBe(columns);
  });
});

describe('AV-09 pages of tiles', () => {
  const crowd = Array.from({ length: 400 }, (_, index) => `p${index}`);
  const faces = new Set(['p7', 'p399']);

  it('AV-09 never makes a tile for each of four hundred people', () => {
    const page = tilePage(crowd, 25, 0, (id) => faces.has(id));
    expect(page).toMatchObject({ pages: 16, first: 1, last: 25, count: 400 });
    expect(page.ids.slice(0, 3)).toEqual(['p7', 'p399', 'p0']);
  });

  it('AV-09 shows everybody on exactly one page', () => {
    const all = Array.from({ length: 16 }, (_, page) => tilePage(crowd, 25, page, (id) => faces.has(id)).ids).flat();
    expect(all.toSorted()).toEqual(crowd.toSorted());
  });

  it('AV-09 moves nobody while all fit', () => {
    expect(tilePage(['a', 'b', 'p7'], 4, 0, (id) => faces.has(id)).ids).toEqual(['a', 'b', 'p7']);
  });

  it('AV-09 goes to the last page when people left', () => {
    expect(tilePage(crowd.slice(0, 30), 25, 9, () => false)).toMatchObject({ page: 1, first: 26, last: 30 });
    expect(tilePage([], 25, 3, () => false)).toMatchObject({ page: 0, pages: 1, first: 0, last: 0, ids: [] });
  });

  it.each([
    [1060, 690, 25],
    [370, 600, 12],
    [100, 60, 4],
  ])('AV-09 fills %i×%i with %i tiles', (width, height, tiles) => {
    expect(gallerySize(width, height)).toBe(tiles);
  });
});
