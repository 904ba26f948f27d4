import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../i18n/text.js';
import { dayIn, readerZone } from './format.js';

export interface Times {
  /** `10:15` */
  time: (iso: string) => string;
  /** `24 Nov 2026, 10:15:32`: for tables in which seconds count. */
  moment: (iso: string) => string;
  /** `10:15 to 11:45` */
  range: (startIso: string, endIso: string) => string;
  /** `Tuesday 24 November` */
  longDay: (at: Date) => string;
  /** `24 November` with the year when it isn't this one. */
  date: (iso: string) => string;
  /** Number and word for a list's left column. */
  day: (iso: string, now: Date) => { number: string; word: string };
  /** `in 12 minutes`, `5 minutes ago`; days beyond that. */
  relative: (iso: string, now: Date) => string;
  /** `1 h 28 min` */
  length: (ms: number) => string;
  isSameDay: (a: Date, b: Date) => boolean;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Times in the reader's own zone and words. */
export function useTimes(): Times {
  const intl = useIntl();
  const text = useText();
  return useMemo(() => {
    const timeZone = readerZone();
    const time = (iso: string) =>
      intl.formatDate(iso, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
    return {
      time,
      moment: (iso) => {
        const part = (options: Intl.DateTimeFormatOptions) => intl.formatDate(iso, { ...options, timeZone });
        return text('time.moment', {
          day: part({ day: 'numeric' }),
          month: part({ month: 'short' }),
          year: part({ year: 'numeric' }),
          time: part({ timeStyle: 'medium', hourCycle: 'h23' }),
        });
      },
      range: (start, end) => text('time.range', { start: time(start), end: time(end) }),
      longDay: (at) => {
        const part = (options: Intl.DateTimeFormatOptions) => intl.formatDate(at, { ...options, timeZone });
        return text('time.longDay', {
          weekday: part({ weekday: 'long' }),
          day: part({ day: 'numeric' }),
          month: part({ month: 'long' }),
        });
      },
      date: (iso) => {
        const thisYear = new Date(iso).getFullYear() === new Date().getFullYear();
        const part = (options: Intl.DateTimeFormatOptions) => intl.formatDate(iso, { ...options, timeZone });
        const values = {
          day: part({ day: 'numeric' }),
          month: part({ month: 'long' }),
          year: part({ year: 'numeric' }),
        };
        return thisYear ? text('time.date', values) : text('time.dateYear', values);
      },
      day: (iso, now) => {
        const near = Math.abs(Date.parse(iso) - now.getTime()) < 6 * DAY;
        const word = intl.formatDate(iso, near ? { weekday: 'short', timeZone } : { month: 'short', timeZone });
        return { number: intl.formatDate(iso, { day: 'numeric', timeZone }), word };
      },
      relative: (iso, now) => {
        const distance = Date.parse(iso) - now.getTime();
        const minutes = Math.round(distance / MINUTE);
        if (minutes === 0) return text('time.now');
        if (Math.abs(minutes) < 60) return intl.formatRelativeTime(minutes, 'minute');
        if (Math.abs(minutes) < 24 * 60) return intl.formatRelativeTime(Math.round(minutes / 60), 'hour');
        return intl.formatRelativeTime(Math.round(distance / DAY), 'day');
      },
      length: (ms) => {
        const minutes = Math.round(ms / MINUTE);
        if (minutes < 1) return text('time.seconds', { seconds: Math.round(ms / 1000) });
        return minutes < 60
          ? text('time.minutes', { minutes })
          : text('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
      },
      isSameDay: (a, b) => dayIn(timeZone, a) === dayIn(timeZone, b),
    };
  }, [intl, text]);
}
