import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hold, letGo } from './pictures.js';

/** Only what a picture needs of a browser: tests of the real thing are in the rehearsals. */
class FakeVideo {
  srcObject: unknown = null;
  play = () => Promise.resolve();
}

describe('pictures', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('document', { createElement: () => new FakeVideo() });
    vi.stubGlobal('MediaStream', class {});
  });
  afterEach(() => {
    vi.runAllTimers();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const track = {} as MediaStreamTrack;

  it('AV-06 a track has one element, which goes along when its tile is drawn elsewhere', () => {
    const element = hold(track);
    letGo(track);
    expect(hold(track)).toBe(element);
    vi.runAllTimers();
    expect(element.srcObject).not.toBeNull();
    letGo(track);
  });

  it('AV-06 a picture ends when the last who holds it lets it go', () => {
    const element = hold(track);
    hold(track);
    letGo(track);
    vi.runAllTimers();
    expect(element.srcObject).not.toBeNull();
    letGo(track);
    vi.runAllTimers();
    expect(element.srcObject).toBeNull();
    const next = hold(track);
    expect(next).not.toBe(element);
    letGo(track);
  });
});
