import { describe, expect, it } from 'vitest';
import { clockTime, dayIn, dayPart, instantIn, isoDuration } from './format.js';

describe('times', () => {
  it.each([
    [0, '0:00'],
    [-5, '0:00'],
    [1_934_999, '32:14'],
    [5_320_000, '1:28:40'],
    [36_000_000, '10:00:00'],
  ])('RE-02 shows %i ms as %s', (ms, shown) => {
    expect(clockTime(ms)).toBe(shown);
  });

  it('RE-02 writes durations that machines read', () => {
    expect(isoDuration(61_400)).toBe('PT61S');
  });

  it.each([
    [3, 'evening'],
    [4, 'morning'],
    [12, 'afternoon'],
    [18, 'evening'],
  ])('AP-01 greets at %i with %s', (hour, part) => {
    expect(dayPart(hour)).toBe(part);
  });

  it('CF-11 knows the day where the reader is', () => {
    const late = new Date('2026-11-24T23:30:00Z');
    expect(dayIn('UTC', late)).toBe('2026-11-24');
    expect(dayIn('Europe/Stockholm', late)).toBe('2026-11-25');
  });
});

describe('CF-11 a session is scheduled on the reader’s clock', () => {
  it.each([
    ['Europe/Stockholm', '2026-11-24', '10:15', '2026-11-24T09:15:00.000Z'],
    ['Europe/Stockholm', '2026-07-01', '10:15', '2026-07-01T08:15:00.000Z'],
    ['America/New_York', '2026-11-24', '10:15', '2026-11-24T15:15:00.000Z'],
    ['Asia/Kolkata', '2026-11-24', '10:15', '2026-11-24T04:45:00.000Z'],
    ['UTC', '2026-11-24', '00:00', '2026-11-24T00:00:00.000Z'],
  ])('CF-11 %s %s %s is %s', (zone, date, time, instant) => {
    expect(instantIn(zone, date, time)?.toISOString()).toBe(instant);
  });

  it('CF-11 moves a time that daylight saving skipped forward', () => {
    expect(instantIn('Europe/Stockholm', '2026-03-29', '02:30')?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  it.each([
    ['', '10:15'],
    ['2026-11-24', ''],
    ['2026-13-40', '10:15'],
  ])('CF-11 refuses %s %s', (date, time) => {
    expect(instantIn('UTC', date, time)).toBeNull();
  });
});
