import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginAhead, dropAhead, engineFor, skipsCheck, takeOver } from './ahead.js';
import type { SeatApi } from './engine/engine.js';

describe('a visit that goes straight in', () => {
  let seats: string[];
  const tell = () => undefined;
  /** The one request that a visit begins with; it never gets an answer here. */
  const api: SeatApi = {
    tenant: 'northfield',
    join: (sessionId) => {
      seats.push(sessionId);
      return new Promise(() => undefined);
    },
  };

  beforeEach(() => {
    seats = [];
    vi.stubGlobal('location', { protocol: 'https:', host: 'lyceum.example' });
  });
  afterEach(() => {
    dropAhead();
    vi.unstubAllGlobals();
  });

  it('AV-01 is one whose link says so, unless it says the opposite', () => {
    expect(skipsCheck('?check=skip')).toBe(true);
    expect(skipsCheck('?check=show')).toBe(false);
    expect(skipsCheck('')).toBe(false);
  });

  it('AV-01 takes one seat, however often its page is drawn anew', () => {
    beginAhead(api, 'algebra');
    const engine = engineFor(api, 'algebra', tell);
    expect(engineFor(api, 'algebra', tell)).toBe(engine);
    takeOver(engine);
    expect(engine.snapshot()).toMatchObject({ joining: true, left: false });
    expect(seats).toEqual(['algebra']);
  });

  it('AV-01 is begun anew by whoever comes again, or goes elsewhere', () => {
    beginAhead(api, 'algebra');
    expect(engineFor(api, 'latin', tell).snapshot().joining).toBe(false);
    const engine = engineFor(api, 'algebra', tell);
    takeOver(engine);
    expect(engineFor(api, 'algebra', tell)).not.toBe(engine);
  });

  it('AV-01 ends when its page goes before it came', () => {
    beginAhead(api, 'algebra');
    const engine = engineFor(api, 'algebra', tell);
    dropAhead();
    expect(engine.snapshot().left).toBe(true);
  });
});
