import { describe, expect, it } from 'vitest';
import { compare, type Reception } from './reception.js';

const voice = (samples: number, concealed: number, came = 0, lost = 0) => ({ samples, concealed, came, lost });
const picture = (decoded: number, dropped: number, lost = 0, wanted = true) => ({ decoded, dropped, lost, wanted });
const seen = (
  voices: Record<string, ReturnType<typeof voice>>,
  pictures: Record<string, ReturnType<typeof picture>> = {},
): Reception => ({ voices: new Map(Object.entries(voices)), pictures: new Map(Object.entries(pictures)) });

describe('what happened between two looks', () => {
  it('AV-07 is judged by the voice that suffers most', () => {
    const before = seen({ a: voice(48_000, 1_000), b: voice(48_000, 0) });
    const after = seen({ a: voice(96_000, 1_000), b: voice(96_000, 12_000) });
    expect(compare(before, after).concealed).toBeCloseTo(0.25);
  });

  it('AV-07 tells of that voice how much was lost on the way', () => {
    const before = seen({ a: voice(48_000, 0, 50, 5), b: voice(48_000, 0, 50, 0) });
    const lossy = seen({ a: voice(96_000, 12_000, 90, 15), b: voice(96_000, 0, 60, 40) });
    expect(compare(before, lossy).missing).toBeCloseTo(0.2);
    const late = seen({ a: voice(96_000, 12_000, 100, 3), b: voice(96_000, 0, 60, 40) });
    expect(compare(before, late).missing).toBe(0);
  });

  it('AV-07 says nothing of a voice that just began, or of which there was next to nothing', () => {
    expect(compare(seen({}), seen({ a: voice(48_000, 40_000) })).concealed).toBe(0);
    expect(compare(seen({ a: voice(0, 0) }), seen({ a: voice(960, 960) })).concealed).toBe(0);
  });

  it('AV-07 counts frames that this computer dropped, not those that miss packets', () => {
    const before = seen({}, { a: picture(0, 0), b: picture(0, 0) });
    expect(compare(before, seen({}, { a: picture(15, 5), b: picture(20, 0) })).dropped).toBeCloseTo(0.125);
    expect(compare(before, seen({}, { a: picture(15, 5, 3), b: picture(20, 0) })).dropped).toBe(0);
  });

  it('AV-07 takes a picture that hardly moves for no sign of anything', () => {
    expect(compare(seen({}, { a: picture(0, 0) }), seen({}, { a: picture(1, 1) })).dropped).toBe(0);
  });

  it('AV-07 tells whether pictures stand still that are asked for', () => {
    const before = seen({}, { a: picture(10, 0), b: picture(10, 0), rests: picture(5, 0, 0, false) });
    const frozen = (a: number, b: number, wanted = true) =>
      compare(before, seen({}, { a: picture(a, 0), b: picture(b, 0, 0, wanted), rests: picture(5, 0, 0, false) }))
        .frozen;
    expect(frozen(10, 10)).toBe(true);
    expect(frozen(10, 11)).toBe(false);
    expect(frozen(11, 10, false)).toBe(false);
    const woken = seen({}, { a: picture(10, 0), rests: picture(5, 0) });
    expect(compare(seen({}, { rests: picture(5, 0, 0, false) }), woken).frozen).toBe(true);
    expect(compare(seen({}), seen({}, { a: picture(0, 0) })).frozen).toBe(false);
    expect(compare(seen({}), seen({})).frozen).toBe(false);
  });
});
