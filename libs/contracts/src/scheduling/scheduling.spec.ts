import { describe, expect, it } from 'vitest';
import { tenantSlugSchema } from '../tenancy/index.js';
import { newSessionSchema, sessionChangeSchema, timeZoneSchema } from './session.js';

const session = {
  title: ' Elasticity ',
  startsAt: '2026-11-24T10:15:00+01:00',
  endsAt: '2026-11-24T10:45:00Z',
  timeZone: 'Europe/Stockholm',
};

describe('CF-11 contracts of class sessions', () => {
  it('take times with any offset, trim titles, and record unless told otherwise', () => {
    expect(newSessionSchema.parse(session)).toEqual({ ...session, title: 'Elasticity', recorded: true });
  });
  it('refuse a local time, an empty title and what no clock follows', () => {
    for (const wrong of [{ startsAt: '2026-11-24T10:15:00' }, { title: '  ' }, { timeZone: 'Mars/Olympus' }]) {
      expect(newSessionSchema.safeParse({ ...session, ...wrong }).success).toBe(false);
    }
    expect(timeZoneSchema.safeParse('').success).toBe(false);
  });
  it("let nobody declare a class live or ended: that is the room's doing", () => {
    expect(sessionChangeSchema.safeParse({ status: 'cancelled' }).success).toBe(true);
    expect(sessionChangeSchema.safeParse({ status: 'live' }).success).toBe(false);
    expect(sessionChangeSchema.parse({})).toEqual({});
  });
});

describe('SE-02 slugs', () => {
  it.each(['northfield', 'a-b', 'x2y'])('%s is one', (slug) =>
    expect(tenantSlugSchema.safeParse(slug).success).toBe(true),
  );
  it.each(['', 'a', 'A-b', '-ab', 'ab-', 'a/b', 'a'.repeat(41), '../x'])('%s is none', (slug) =>
    expect(tenantSlugSchema.safeParse(slug).success).toBe(false),
  );
});
