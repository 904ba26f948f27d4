import { describe, expect, it } from 'vitest';
import { sharePriority } from './share-priority.js';

describe('sharePriority', () => {
  it('AV-07 serves the interpreter first, then the screen, then who teaches, then everyone else', () => {
    const order = [
      sharePriority('camera', 'interpreter'),
      sharePriority('screen', null),
      sharePriority('camera', 'teacher'),
      sharePriority('camera', null),
    ];
    expect([...order].sort((a, b) => b - a)).toEqual(order);
    expect(new Set(order).size).toBe(4);
  });

  it('AV-07 makes no difference whose screen it is', () => {
    expect(sharePriority('screen', 'teacher')).toBe(sharePriority('screen', 'interpreter'));
  });

  it('AV-07 stays within what mediasoup takes', () => {
    for (const priority of ['interpreter', 'teacher', null] as const) {
      for (const source of ['camera', 'screen', 'mic', 'screen-audio'] as const) {
        expect(sharePriority(source, priority)).toBeGreaterThanOrEqual(1);
        expect(sharePriority(source, priority)).toBeLessThanOrEqual(255);
      }
    }
  });
});
