import { describe, expect, it } from 'vitest';
import { rungs } from './ladder.js';
import { needsOf, shareOf, type Shown } from './picture-share.js';

const teacher: Shown = { participantId: 'anna', source: 'camera', priority: 'teacher' };
const student: Shown = { participantId: 'maya', source: 'camera', priority: null };
const interpreter: Shown = { participantId: 'ines', source: 'camera', priority: 'interpreter' };
const screen: Shown = { participantId: 'maya', source: 'screen', priority: null };
const down = (shown: Shown, speaker: string | null = null) => rungs.map((rung) => shareOf(shown, rung, speaker));

describe('what a rung leaves of a picture', () => {
  it('AV-07 a student’s goes third', () => {
    expect(down(student)).toEqual(['whole', 'smallest', 'nothing', 'nothing', 'nothing']);
  });

  it('AV-07 those of the teacher and of who speaks stay with the few', () => {
    expect(down(teacher)).toEqual(['whole', 'smallest', 'smallest', 'nothing', 'nothing']);
    expect(down(student, 'maya')).toEqual(down(teacher));
  });

  it('AV-07 a shared screen becomes an image now and then', () => {
    expect(down(screen)).toEqual(['whole', 'smallest', 'smallest', 'still', 'nothing']);
  });

  it('AC-05 an interpreter’s moves for as long as any picture does', () => {
    expect(down(interpreter)).toEqual(['whole', 'whole', 'whole', 'smallest', 'nothing']);
    expect(shareOf({ ...screen, priority: 'interpreter' }, 'stills', null)).toBe('still');
  });

  it('AV-07 no rung needs more than the one above it', () => {
    const needs = Object.values(needsOf([teacher, student, student, interpreter, screen], null));
    expect([...needs].sort((a, b) => b - a)).toEqual(needs);
  });

  it('AC-05 stills with an interpreter need what a moving picture needs', () => {
    expect(needsOf([interpreter, screen], null).stills - needsOf([screen], null).stills).toBe(100_000);
  });
});
