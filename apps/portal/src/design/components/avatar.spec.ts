import { describe, expect, it } from 'vitest';
import { avatarColour, initials } from './avatar.js';

describe('AC-04 avatars', () => {
  it.each([
    ['Anna Lindqvist', 'AL'],
    ['maya', 'M'],
    ['Jean-Luc van der Berg', 'JB'],
    ['Åsa Öberg', 'ÅÖ'],
    ['  ', '?'],
  ])('AC-04 shortens %s to %s', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });

  it('AC-04 gives a person the same colour every time and does not give everyone the same', () => {
    const colours = new Set(Array.from({ length: 40 }, (_, index) => avatarColour(`person-${index}`)));
    expect(avatarColour('person-1')).toBe(avatarColour('person-1'));
    expect(colours.size).toBeGreaterThan(4);
  });
});
