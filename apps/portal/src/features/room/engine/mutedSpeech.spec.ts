import { describe, expect, it } from 'vitest';
import { TalkDetector } from './mutedSpeech.js';

const VOICE = 0.6;
const ROOM = 0.1;

/** Feeds tenths of a second; each letter is one: `#` a voice, `.` a quiet room. @returns when the hint stood, in ms */
function hints(detector: TalkDetector, sound: string, from = 0): number[] {
  return [...sound].flatMap((letter, index) => {
    const at = from + index * 100;
    return detector.heard(letter === '#' ? VOICE : ROOM, at) ? [at] : [];
  });
}

describe('AV-05 the hint to who talks while muted', () => {
  it('AV-05 comes with half a second of voice in a second', () => {
    expect(hints(new TalkDetector(), '..##.##.#')[0]).toBe(800);
  });

  it('AV-05 does not come for a cough, a key or a fan', () => {
    const detector = new TalkDetector();
    expect(hints(detector, '####......##......#.........###.......')).toEqual([]);
    expect(detector.heard(0.3, 10_000)).toBe(false);
  });

  it('AV-05 goes by itself after five quiet seconds', () => {
    const stood = hints(new TalkDetector(), '##########' + '.'.repeat(80));
    expect(stood.at(-1)).toBeGreaterThan(5_000);
    expect(stood.at(-1)).toBeLessThan(7_000);
  });

  it('AV-05 comes at most every twenty seconds', () => {
    const detector = new TalkDetector();
    const talk = '#'.repeat(10) + '.'.repeat(80);
    const stood = hints(detector, talk.repeat(4));
    const starts = stood.filter((at, index) => at - (stood[index - 1] ?? -Infinity) > 100);
    expect(starts).toHaveLength(2);
    expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBeGreaterThanOrEqual(20_000);
  });

  it('AV-05 is gone for two minutes once it was dismissed, also after unmuting and muting again', () => {
    const detector = new TalkDetector();
    expect(hints(detector, '##########')).not.toEqual([]);
    detector.dismiss(1_000);
    detector.reset();
    expect(hints(detector, '#'.repeat(100), 100_000)).toEqual([]);
    expect(hints(detector, '#'.repeat(20), 121_500)).not.toEqual([]);
  });

  it('AV-05 forgets what was heard before one unmuted', () => {
    const detector = new TalkDetector();
    hints(detector, '####');
    detector.reset();
    expect(hints(detector, '#...', 400)).toEqual([]);
  });
});
