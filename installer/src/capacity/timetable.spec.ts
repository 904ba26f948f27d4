import { describe, expect, it } from 'vitest';
import { Failure } from '../cli/failure.ts';
import { parseCsv } from './csv.ts';
import { clock } from './planned-class.ts';
import { parseTimetable } from './timetable.ts';

const mistakesOf = (text: string): string => {
  try {
    parseTimetable(text, 'autumn.csv');
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    const { why, cure } = error as Failure;
    expect(cure).toContain('correct autumn.csv');
    return why;
  }
  return expect.unreachable();
};

describe('OP-11 a timetable', () => {
  it('OP-11 is CSV with a header, the columns in any order, an end of the same day as an hour', () => {
    const text =
      'Seats,start,end,recorded,room\n30,2026-12-01 09:00,10:30,yes,A1\n8,2026-12-01T23:00,2026-12-02T00:30,,\n';
    const { classes, ignored } = parseTimetable(text, 'autumn.csv');
    expect(classes.map(({ start, end, ...shape }) => ({ start: clock(start), end: clock(end), ...shape }))).toEqual([
      { start: '2026-12-01 09:00', end: '2026-12-01 10:30', seats: 30, cameras: 1, screens: 0, recorded: true },
      { start: '2026-12-01 23:00', end: '2026-12-02 00:30', seats: 8, cameras: 1, screens: 0, recorded: false },
    ]);
    expect(ignored).toEqual(['room']);
  });

  it('OP-11 may come from a spreadsheet: quotes, semicolons, a byte order mark, CRLF', () => {
    const text = '\uFEFFtitle;start;end;seats\r\n"Econ; ""I""\nand II";2026-12-01 09:00;10:00;30\r\n\r\n';
    expect(parseTimetable(text, 'x').classes).toHaveLength(1);
    expect(parseCsv(text)).toEqual([
      { line: 1, fields: ['title', 'start', 'end', 'seats'] },
      { line: 2, fields: ['Econ; "I"\nand II', '2026-12-01 09:00', '10:00', '30'] },
    ]);
    const after = mistakesOf(text.replace('\r\n\r\n', '\r\nBio;2026-12-01 09:00;10:00;none\r\n'));
    expect(after, 'lines are counted as an editor counts them').toContain('line 4: seats "none"');
  });

  it('OP-11 is told every mistake with its line and what belongs there', () => {
    const why = mistakesOf(
      [
        'start,end,seats,cameras,recorded',
        '2026-02-30 09:00,10:00,30,1,',
        '2026-12-01 09:00,08:00,30,1,',
        '2026-12-01 09:00,10:00,0,1,',
        '2026-12-01 09:00,10:00,10,12,perhaps',
      ].join('\n'),
    );
    expect(why).toContain('line 2: start "2026-02-30 09:00" is not a time such as 2026-12-01 09:00');
    expect(why).not.toContain('line 2: end');
    expect(why).toContain('line 3: end "08:00" is not after the start');
    expect(why).toContain('line 4: seats "0" is not a whole number from 1');
    expect(why).toContain('line 5: cameras "12" is not a whole number from 0 to 10');
    expect(why).toContain('line 5: recorded "perhaps" is not yes or no');
  });

  it('OP-11 is told what is missing, and no more than ten mistakes', () => {
    expect(mistakesOf('start,finish,seats\n')).toContain('line 1 names no column end');
    expect(mistakesOf('start,end,seats\n')).toContain('there is no class');
    const many = mistakesOf(`start,end,seats\n${'2026-12-01 09:00,10:00,x\n'.repeat(30)}`);
    expect(many).toContain('line 11:');
    expect(many).not.toContain('line 12:');
    expect(many).toContain('and 20 more');
  });
});
