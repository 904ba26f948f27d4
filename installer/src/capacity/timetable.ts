import { Failure } from '../cli/failure.ts';
import { parseCsv } from './csv.ts';
import type { CsvRow } from './csv.ts';
import type { PlannedClass } from './planned-class.ts';

const required = ['start', 'end', 'seats'] as const;
const optional = ['cameras', 'screens', 'recorded'] as const;
type Column = (typeof required)[number] | (typeof optional)[number];
const columns: readonly Column[] = [...required, ...optional];

const mostShown = 10;
const largestClass = 100_000;

export interface Timetable {
  readonly classes: readonly PlannedClass[];
  /** Columns that mean nothing here, so that a misspelled one is seen. */
  readonly ignored: readonly string[];
}

/**
 * Reads a timetable: CSV with a header; `start` and `end` as `2026-12-01 09:00` (the end may be the hour alone) in one
 * time zone, `seats` with the teacher; `cameras` (1), `screens` (0) and `recorded` (no) may be missing or empty.
 * @throws Failure that names every mistake by its line and what belongs there.
 */
export function parseTimetable(text: string, file: string): Timetable {
  const [header, ...rows] = parseCsv(text);
  const names = header?.fields.map((name) => name.toLowerCase()) ?? [];
  const missing = required.filter((name) => !names.includes(name));
  const mistakes: string[] = [];
  if (missing.length > 0) {
    mistakes.push(`line 1 names no column ${missing.join(', ')}; it is to read ${columns.join(',')}`);
  } else if (rows.length === 0) mistakes.push('there is no class below line 1; write one line for each');
  const classes = missing.length > 0 ? [] : rows.map((row) => classOf(row, names, mistakes));
  if (mistakes.length > 0) {
    const more = mistakes.length > mostShown ? [`and ${mistakes.length - mostShown} more`] : [];
    const list = [...mistakes.slice(0, mostShown), ...more].map((mistake) => `\n          ${mistake}`).join('');
    throw new Failure('timetable', `${file} can't be read as it is:${list}`, `correct ${file}, then the same again`);
  }
  const known: readonly string[] = columns;
  return { classes, ignored: names.filter((name) => name !== '' && !known.includes(name)) };
}

function classOf(row: CsvRow, names: readonly string[], mistakes: string[]): PlannedClass {
  const get = (column: Column): string => row.fields[names.indexOf(column)] ?? '';
  const wrong = (column: Column, wanted: string): void =>
    void mistakes.push(`line ${row.line}: ${column} "${get(column)}" is not ${wanted}`);
  const whole = (column: Column, otherwise: number | undefined, least: number, most: number): number => {
    const given = get(column);
    if (given === '' && otherwise !== undefined) return Math.min(otherwise, most);
    const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
    if (!(value >= least && value <= most)) {
      wrong(column, `a whole number from ${least} to ${most}${column === 'seats' ? '' : ', the seats of the class'}`);
    }
    return value;
  };

  const start = moment(get('start'));
  if (Number.isNaN(start)) wrong('start', 'a time such as 2026-12-01 09:00');
  const hour = /^\d{1,2}:\d{2}$/.test(get('end'));
  const end = moment(hour ? `${get('start').slice(0, 10)} ${get('end')}` : get('end'));
  if (Number.isNaN(end)) {
    if (!hour || !Number.isNaN(start)) wrong('end', 'a time such as 2026-12-01 10:30, or 10:30 on the same day');
  } else if (end <= start) wrong('end', 'after the start; a class past midnight needs the date of its end');

  const seats = whole('seats', undefined, 1, largestClass);
  const atMost = Number.isNaN(seats) ? largestClass : seats;
  const recorded = /^(yes|true|1|x)$/i.test(get('recorded'));
  if (!recorded && !/^(no|false|0)?$/i.test(get('recorded'))) wrong('recorded', 'yes or no');
  return {
    start,
    end,
    seats,
    cameras: whole('cameras', 1, 0, atMost),
    screens: whole('screens', 0, 0, atMost),
    recorded,
  };
}

/** NaN for what is no moment of the calendar, such as February 30. */
function moment(text: string): number {
  const found = /^(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2})(?::\d{2})?$/.exec(text);
  if (!found) return Number.NaN;
  const [, day = '', time = ''] = found;
  const at = Date.parse(`${day}T${time.padStart(5, '0')}:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? Number.NaN : at;
}
