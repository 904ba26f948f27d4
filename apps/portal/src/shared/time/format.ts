/** `32:14` or `1:28:40`: a position or a length in ms, as a player shows it. */
export function clockTime(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** ISO 8601 duration of ms, for `<time dateTime>`. */
export const isoDuration = (ms: number): string => `PT${Math.max(0, Math.round(ms / 1000))}S`;

export type DayPart = 'morning' | 'afternoon' | 'evening';

/** What one wishes at this hour of the reader's clock (0–23). */
export function dayPart(hour: number): DayPart {
  if (hour >= 4 && hour < 12) return 'morning';
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
}

/** Calendar day of an instant in a zone, `2026-11-24`. */
export function dayIn(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(at);
}

/** The reader's own zone, as the browser knows it. */
export const readerZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * The instant at which the clocks of `timeZone` show `date` (yyyy-mm-dd) and `time` (hh:mm); null when they aren't a date and a
 * time. A time skipped by daylight saving moves forward with the clocks.
 */
export function instantIn(timeZone: string, date: string, time: string): Date | null {
  const wall = Date.parse(`${date}T${time}:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(date) || !/^\d{2}:\d{2}$/u.test(time) || Number.isNaN(wall)) return null;
  const first = wall - zoneOffset(timeZone, wall);
  const second = wall - zoneOffset(timeZone, first);
  // Where the two guesses differ, the zone changes in between; the later instant is the one that exists on both clocks.
  return new Date(first === second ? first : Math.max(first, second));
}

/** Milliseconds the clocks of `timeZone` are ahead of UTC at an instant. */
function zoneOffset(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((entry) => entry.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(at / 1000) * 1000;
}
