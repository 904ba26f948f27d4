import { describe, expect, it } from 'vitest';
import { shortcutFor } from './shortcuts.js';

const press = (key: string, change: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  defaultPrevented: false,
  ...change,
});
const nowhere = { closest: () => null };
const field = { closest: () => ({}) };

describe('AC-02 keyboard shortcuts', () => {
  it('AC-02 knows letters in either case and the question mark', () => {
    expect(shortcutFor(press('m'), nowhere)).toBe('mic');
    expect(shortcutFor(press('H'), nowhere)).toBe('hand');
    expect(shortcutFor(press('?'), null)).toBe('help');
    expect(shortcutFor(press('x'), nowhere)).toBeNull();
  });

  it('AC-02 leaves letters to fields, and combinations to the browser', () => {
    expect(shortcutFor(press('m'), field)).toBeNull();
    expect(shortcutFor(press('c', { ctrlKey: true }), nowhere)).toBeNull();
    expect(shortcutFor(press('v', { metaKey: true }), nowhere)).toBeNull();
  });

  it('AC-02 does nothing while a key is held, so that the microphone does not flutter', () => {
    expect(shortcutFor(press('m', { repeat: true }), nowhere)).toBeNull();
  });
});
