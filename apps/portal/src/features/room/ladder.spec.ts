import { describe, expect, it } from 'vitest';
import { ladderWords } from './ladder.js';

const text = (id: string, values: object = {}) => [id, ...Object.values(values)].join(' ');

describe('AV-07 what a bad network leaves', () => {
  it('AV-07 is said with its reason, and not at all while everything comes', () => {
    expect(ladderWords(null, text)).toBeNull();
    expect(ladderWords({ rung: 'full', reason: 'network' }, text)).toBeNull();
    expect(ladderWords({ rung: 'few', reason: 'network' }, text)).toBe('room.ladder.line.network room.ladder.few');
    expect(ladderWords({ rung: 'sound', reason: 'cpu' }, text)).toBe('room.ladder.line.cpu room.ladder.sound');
  });
});
