import { expect, it } from 'vitest';
import { growthPct } from './memory.js';

it('AN-01 compares the end of a soak with its middle, not with its start', () => {
  const samples = Array.from({ length: 30 }, (_, minute) => ({
    at: minute * 60_000,
    mib: { api: Math.min(200, 100 + minute * 20), media: minute === 29 ? 500 : 100, leaky: 100 + minute },
  }));
  const growth = growthPct(samples, 10 * 60_000, 3 * 60_000);
  expect(growth['api']).toBe(0);
  expect(growth['media']).toBe(0);
  expect(growth['leaky']).toBeCloseTo(15.3, 0);
});
