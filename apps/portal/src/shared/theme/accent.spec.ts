import { describe, expect, it } from 'vitest';
import { accentColours, contrast } from './accent.js';

describe('AC-04 an institution’s colour', () => {
  it.each(['#1f5a4c', '#ffd400', '#0a1f44', '#ffffff', '#000000', '#7f7f7f', '#c8102e'])(
    'AC-04 %s leaves every word readable in both themes',
    (own) => {
      const { light, dark } = accentColours(own);
      for (const [colours, ground] of [
        [light, '#faf8f4'],
        [dark, '#1d1f1c'],
      ] as const) {
        expect(contrast(colours.ink, colours.accent)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(colours.text, colours.soft)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(colours.text, ground)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(colours.accent, ground)).toBeGreaterThanOrEqual(3);
      }
    },
  );

  it('AC-04 measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});
