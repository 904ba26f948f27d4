import type { WantedRoom } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { dismissed, mayForward, reprioritised, supersedes, welcomed } from './wanted.js';

const on = { present: true, audio: true, video: true, screen: true, priority: null };
const room = (version: number, seats: WantedRoom['seats'] = {}, ended = false): WantedRoom => ({
  roomId: '00000000-0000-4000-8000-000000000001',
  version,
  ended,
  seats,
  recording: null,
});

describe('wanted', () => {
  it('AV-03 takes newer and equal versions, never older ones', () => {
    expect(supersedes(room(3), undefined)).toBe(true);
    expect(supersedes(room(4), room(3))).toBe(true);
    expect(supersedes(room(3), room(3))).toBe(true);
    expect(supersedes(room(2), room(3))).toBe(false);
  });

  it('AV-03 does not reopen an ended room by a message of the same version', () => {
    expect(supersedes(room(3), room(3, {}, true))).toBe(false);
    expect(supersedes(room(4), room(3, {}, true))).toBe(true);
  });

  it('CF-02 names who was dismissed and who is new', () => {
    const before = room(1, { a: on, b: on });
    const after = room(2, { b: on, c: on });
    expect(dismissed(before, after)).toEqual(['a']);
    expect(welcomed(before, after)).toEqual(['c']);
    expect(dismissed(undefined, after)).toEqual([]);
  });

  it('AV-07 names whose pictures come first from now on, or do not any more', () => {
    const first = { ...on, priority: 'interpreter' as const };
    const before = room(1, { a: on, b: first, c: first, d: on });
    expect(reprioritised(before, room(2, { a: first, b: on, c: first, e: first }))).toEqual(['a', 'b']);
    expect(reprioritised(undefined, before)).toEqual([]);
  });

  it('CF-02 forwards only what a present seat may send', () => {
    expect(mayForward(on, 'mic')).toBe(true);
    expect(mayForward({ ...on, present: false }, 'mic')).toBe(false);
    expect(mayForward({ ...on, audio: false }, 'mic')).toBe(false);
    expect(mayForward({ ...on, audio: false }, 'camera')).toBe(true);
    expect(mayForward({ ...on, video: false }, 'camera')).toBe(false);
    expect(mayForward({ ...on, screen: false }, 'screen-audio')).toBe(false);
    expect(mayForward(undefined, 'screen')).toBe(false);
  });
});
