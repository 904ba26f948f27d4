import { describe, expect, it } from 'vitest';
import { draftMistakes, freshDraft, type SessionDraft, toNewSession } from './draft.js';

const now = new Date('2026-11-24T08:00:00Z');
const good: SessionDraft = {
  title: 'Price elasticity',
  date: '2026-11-24',
  start: '10:15',
  end: '11:45',
  recorded: true,
};

describe('CF-11 scheduling a session', () => {
  it('CF-11 sends instants and the reader’s zone', () => {
    expect(draftMistakes(good, 'Europe/Stockholm', now)).toEqual({});
    expect(toNewSession(good, 'Europe/Stockholm')).toEqual({
      title: 'Price elasticity',
      startsAt: '2026-11-24T09:15:00.000Z',
      endsAt: '2026-11-24T10:45:00.000Z',
      timeZone: 'Europe/Stockholm',
      recorded: true,
    });
  });

  it.each([
    [{ title: '  ' }, { title: 'missing' }],
    [{ title: 'x'.repeat(201) }, { title: 'tooLong' }],
    [{ date: '' }, { date: 'missing' }],
    [
      { start: '', end: '' },
      { start: 'missing', end: 'missing' },
    ],
    [{ end: '10:15' }, { end: 'endsBefore' }],
    [{ date: '2026-11-23' }, { start: 'past' }],
    [{ date: '2026-02-31x' }, { date: 'invalid' }],
  ])('CF-11 names what is wrong with %j', (change, mistakes) => {
    expect(draftMistakes({ ...good, ...change }, 'Europe/Stockholm', now)).toEqual(mistakes);
  });

  it('CF-11 names every mistake at once', () => {
    expect(Object.keys(draftMistakes({ ...good, title: '', date: '', end: '' }, 'UTC', now))).toEqual([
      'title',
      'date',
      'end',
    ]);
  });

  it('CF-11 starts with the next full hour and stays within the day', () => {
    const noon = new Date(2026, 10, 24, 12, 20);
    expect(freshDraft(noon)).toMatchObject({ date: '2026-11-24', start: '13:00', end: '14:30' });
    expect(freshDraft(new Date(2026, 10, 24, 21, 50))).toMatchObject({ start: '22:00', end: '23:30' });
    expect(freshDraft(new Date(2026, 10, 24, 22, 50))).toMatchObject({ start: '23:00', end: '23:59' });
  });
});
