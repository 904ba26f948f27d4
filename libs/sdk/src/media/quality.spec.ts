import { describe, expect, it } from 'vitest';
import { judge } from './quality.js';

describe('judge', () => {
  const start = { packets: 1000, lost: 10 };

  it('AV-09 judges loss since the last look, not since the start', () => {
    expect(judge(start, { packets: 1100, lost: 10 }, 20)).toBe('good');
    expect(judge(start, { packets: 1095, lost: 15 }, 20)).toBe('weak');
    expect(judge(start, { packets: 1080, lost: 30 }, 20)).toBe('bad');
  });

  it('AV-09 judges the round trip', () => {
    expect(judge(start, { packets: 1100, lost: 10 }, 299)).toBe('good');
    expect(judge(start, { packets: 1100, lost: 10 }, 300)).toBe('weak');
    expect(judge(start, { packets: 1100, lost: 10 }, 700)).toBe('bad');
  });

  it('AV-09 takes counters that went back, and silence, for no loss', () => {
    expect(judge(start, { packets: 200, lost: 2 }, null)).toBe('good');
    expect(judge(start, start, null)).toBe('good');
  });
});
