import { describe, expect, it } from 'vitest';
import { isHeldBack, ladderWords } from './ladder.js';

const text = (id: string, values: object = {}) => [id, ...Object.values(values)].join(' ');
const student = { isSelf: false, role: 'student' as const };
const teacher = { isSelf: false, role: 'instructor' as const };
const self = { isSelf: true, role: 'student' as const };

describe('AV-07 what a bad network leaves', () => {
  it('AV-07 is said with its reason, and not at all while everything comes', () => {
    expect(ladderWords(null, text)).toBeNull();
    expect(ladderWords({ rung: 'full', reason: 'network' }, text)).toBeNull();
    expect(ladderWords({ rung: 'few', reason: 'network' }, text)).toBe('room.ladder.line.network room.ladder.few');
    expect(ladderWords({ rung: 'sound', reason: 'cpu' }, text)).toBe('room.ladder.line.cpu room.ladder.sound');
  });

  it('AV-07 keeps who teaches and who speaks for longest, and never hides one’s own picture', () => {
    const held = (rung: 'full' | 'small' | 'few' | 'stills' | 'sound', person: typeof student | typeof teacher) =>
      [false, true].map((prominent) => isHeldBack({ rung, reason: 'network' }, person, prominent));
    for (const rung of ['full', 'small'] as const) expect(held(rung, student)).toEqual([false, false]);
    expect(held('few', student)).toEqual([true, false]);
    expect(held('few', teacher)).toEqual([false, false]);
    for (const rung of ['stills', 'sound'] as const) expect(held(rung, teacher)).toEqual([true, true]);
    expect(isHeldBack({ rung: 'sound', reason: 'network' }, self, false)).toBe(false);
    expect(isHeldBack(null, student, false)).toBe(false);
  });
});
