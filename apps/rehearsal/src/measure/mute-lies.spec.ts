import { describe, expect, it } from 'vitest';
import { muteLies } from './mute-lies.js';

describe('AV-08 the microphone button tells what others hear', () => {
  const words = { open: 'Mute', muted: 'Unmute' };
  const everySecond = (from: number, to: number) =>
    Array.from({ length: Math.ceil((to - from) / 1000) }, (_, n) => from + n * 1000);

  it('truly, when open is heard, muted is silent and down is neither', () => {
    const shown = [
      { at: 0, what: 'Mute' },
      { at: 10_000, what: 'Not heard' },
      { at: 15_000, what: 'Unmute' },
    ];
    expect(muteLies({ shown, words, heard: everySecond(0, 10_000) }, 2000, 30_000)).toBe(0);
  });

  it('falsely, for as long as it says open while nobody hears', () => {
    const shown = [{ at: 0, what: 'Mute' }];
    // The last pulse at 9 s holds until 11.5 s; the next comes at 15 s.
    const heard = [...everySecond(0, 10_000), ...everySecond(15_000, 20_000)];
    expect(muteLies({ shown, words, heard }, 2000, 20_000)).toBe(35);
  });

  it('falsely, whenever someone hears the muted', () => {
    const shown = [{ at: 0, what: 'Unmute' }];
    expect(muteLies({ shown, words, heard: [5000, 6000] }, 2000, 20_000)).toBe(2);
  });
});
