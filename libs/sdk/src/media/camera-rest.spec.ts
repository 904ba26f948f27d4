import { describe, expect, it } from 'vitest';
import { CameraRest } from './camera-rest.js';

/** Seconds at which the camera rested (true) or came back, looked at once a second. */
function changes(seconds: number, available: (second: number) => number | null): [number, boolean][] {
  const camera = new CameraRest();
  const seen: [number, boolean][] = [];
  for (let second = 0; second < seconds; second += 1) {
    if (camera.look(available(second), second * 1000)) seen.push([second, camera.resting]);
  }
  return seen;
}

describe('CameraRest', () => {
  it('AV-07 rests the camera after four seconds on a path that carries little more than speech', () => {
    expect(changes(12, (second) => (second < 5 ? 2_000_000 : 90_000))).toEqual([[9, true]]);
  });

  it('AV-07 overlooks a short dip, and a browser that tells nothing', () => {
    expect(changes(60, (second) => (second % 5 < 3 ? 90_000 : 400_000))).toEqual([]);
    expect(changes(60, () => null)).toEqual([]);
  });

  it('AV-07 comes back by itself and stays when the path is clear', () => {
    expect(changes(120, (second) => (second < 8 ? 90_000 : 900_000))).toEqual([
      [4, true],
      [19, false],
    ]);
  });

  it('AV-07 is soon gone again where the path is still narrow, for the voice’s sake', () => {
    expect(changes(40, () => 90_000)).toEqual([
      [4, true],
      [19, false],
      [27, true],
    ]);
  });

  it('AV-07 tries more and more seldom on a path that stays narrow', () => {
    const seen = changes(400, () => 90_000);
    const rests = seen.flatMap(([second, resting], index) => {
      const [next] = seen[index + 1] ?? [];
      return resting && next !== undefined ? [next - second] : [];
    });
    expect(rests.slice(0, 5)).toEqual([15, 30, 30, 30, 30]);
  });

  it('AV-07 gives a camera that came back time to find its bits', () => {
    expect(changes(60, (second) => (second < 24 ? 90_000 : 900_000))).toEqual([
      [4, true],
      [19, false],
    ]);
  });
});
