import { recordingStatuses } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { recordingTransitions, segmentStatuses, segmentTransitions, sourcesOf } from './recording-life.js';

describe('RE-01 lives', () => {
  const allowed = new Set([
    'recording>finishing',
    'finishing>ready',
    'finishing>failed',
    'finishing>recording',
    'ready>recording',
    'failed>recording',
  ]);

  it.each(recordingStatuses.flatMap((from) => recordingStatuses.map((to) => [from, to] as const)))(
    'RE-01 a recording goes from %s to %s only when the table says so',
    (from, to) => {
      expect(recordingTransitions[from].includes(to)).toBe(allowed.has(`${from}>${to}`));
      expect(sourcesOf(recordingTransitions, to).includes(from)).toBe(allowed.has(`${from}>${to}`));
    },
  );

  it('RE-01 a segment ends once', () => {
    for (const status of segmentStatuses) {
      if (status === 'open' || status === 'closed') expect(segmentTransitions[status].length).toBeGreaterThan(0);
      else expect(segmentTransitions[status]).toEqual([]);
    }
  });
});
