import { describe, expect, it } from 'vitest';
import { auditQuery, readFilter, writeFilter } from './filter.js';

describe('SE-05 the audit filter', () => {
  it('SE-05 survives the address bar', () => {
    const filter = { q: 'anna', action: 'recording.', outcome: 'denied' as const, from: '2026-11-01', to: '' };
    expect(readFilter(writeFilter(filter))).toEqual(filter);
    expect(writeFilter(readFilter(new URLSearchParams())).toString()).toBe('');
  });

  it('SE-05 ignores an outcome nobody knows', () => {
    expect(readFilter(new URLSearchParams('outcome=drop')).outcome).toBeNull();
  });

  it('SE-05 asks for whole days of the reader', () => {
    const filter = { q: ' ', action: 'room.', outcome: null, from: '2026-11-24', to: '2026-11-24' };
    expect(auditQuery(filter, 'Europe/Stockholm')).toEqual({
      action: 'room.',
      from: '2026-11-23T23:00:00.000Z',
      to: '2026-11-24T23:00:00.000Z',
    });
  });

  it('SE-05 leaves half a date out', () => {
    expect(auditQuery({ q: '', action: '', outcome: null, from: '2026-1', to: '' }, 'UTC')).toEqual({});
  });
});
