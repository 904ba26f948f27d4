import { sessionStatuses } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { canBecome } from './session-life.js';

const allowed = new Set(['planned live', 'planned cancelled', 'cancelled planned', 'live ended']);
const pairs = sessionStatuses.flatMap((from) => sessionStatuses.map((to) => [from, to] as const));

describe('CF-11 life of a class session', () => {
  it.each(pairs)('%s to %s', (from, to) => {
    expect(canBecome(from, to)).toBe(allowed.has(`${from} ${to}`));
  });
});
