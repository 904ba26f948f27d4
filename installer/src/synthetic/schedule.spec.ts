import { describe, expect, it } from 'vitest';
import type { JoinRow } from './history.ts';
import { trouble, waitMs } from './schedule.ts';
import { checkSynthetic, defaults, minutesIn } from './settings.ts';
import { chosen } from '../commands/synthetic.ts';

const minute = 60_000;
const now = Date.parse('2026-11-28T12:00:00Z');
const row = (minutesAgo: number, parts: Partial<JoinRow> = {}): JoinRow => ({
  at: new Date(now - minutesAgo * minute).toISOString(),
  seconds: 60,
  network: 'local',
  tenant: 'northfield',
  outcome: 'ok',
  why: [],
  metrics: {},
  ...parts,
});
const longAgo = now - 1000 * minute;

describe('OP-10 when robots come', () => {
  it.each([
    ['never came', undefined, 0],
    ['came a minute ago', now - minute, 14 * minute],
    ['came an interval ago', now - 15 * minute, 0],
    ['came long ago, while the appliance was down', now - 500 * minute, 0],
    ['came in the future: the clock was set back', now + 60 * minute, 0],
  ])('OP-10 they %s', (_, began, wait) => {
    expect(waitMs(began, 15, now)).toBe(wait);
  });
});

describe('OP-10 what status says of robots', () => {
  const settings = { ...defaults, networks: ['local', 'tcp'] as const };

  it('OP-10 nothing while the last visit of each network was well, and before the first', () => {
    expect(trouble(settings, [row(40, { network: 'tcp' }), row(30, { outcome: 'failed' }), row(5)], longAgo, now)).toBe(
      undefined,
    );
    expect(trouble(settings, [], now - minute, now)).toBe(undefined);
  });

  it('OP-10 where the last join failed, when, and why', () => {
    const failed = { network: 'tcp', outcome: 'failed', why: ['no picture', 'no sound'] } as const;
    expect(trouble(settings, [row(20, failed), row(10)], longAgo, now)).toBe(
      'the last join failed (UTC): tcp at 2026-11-28 11:40: no picture; no sound',
    );
  });

  it('OP-10 a visit that was skipped says nothing about joining', () => {
    const rows = [row(20, { outcome: 'failed', why: ['no picture'] }), row(5, { outcome: 'skipped', why: ['busy'] })];
    expect(trouble(settings, rows, longAgo, now)).toContain('no picture');
  });

  it('OP-10 that nobody came for more than two intervals', () => {
    expect(trouble(settings, [row(41)], longAgo, now)).toBe('no robot came for 41 minutes');
    expect(trouble(settings, [row(41)], now - 5 * minute, now), 'it was started a moment ago').toBe(undefined);
  });
});

describe('OP-10 what an operator chooses', () => {
  it.each([
    ['15m', 15],
    ['2h', 120],
    ['5', 5],
    ['1.5h', NaN],
    ['soon', NaN],
  ])('OP-10 %s is an interval of %d minutes', (text, minutes) => {
    expect(minutesIn(text)).toBe(minutes);
  });

  it('OP-10 changes what was typed and keeps the rest', () => {
    const before = { ...defaults, keepDays: 7, networks: ['tcp'] as const };
    expect(chosen(before, { every: '5m', network: 'local,tls,local' })).toEqual({
      ...before,
      everyMinutes: 5,
      networks: ['local', 'tls'],
    });
    expect(chosen(before, {})).toEqual(before);
  });

  it.each([
    [{ every: '0m' }, 'the interval is from 1 minute'],
    [{ every: 'often' }, 'the interval is from 1 minute'],
    [{ network: 'wifi' }, 'networks are one or more of local, tcp, tls'],
    [{ network: '' }, 'networks are one or more of'],
    [{ tenant: 'No Slug' }, 'the tenant is a slug'],
    [{ keep: '-1' }, 'history is kept from 1'],
    [{ patience: 'none' }, 'patience is a number'],
    [{ 'max-load': '0' }, 'the load is a number'],
  ])('OP-10 %j is refused in words', (options, why) => {
    expect(() => chosen(defaults, options)).toThrow(why);
  });

  it('OP-10 a file that was edited into nonsense is named', () => {
    expect(() => checkSynthetic(null, '/etc/lyceum/synthetic.json')).toThrow(
      '/etc/lyceum/synthetic.json: the interval',
    );
  });
});
