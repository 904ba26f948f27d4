import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LayerWatch } from './layer-watch.js';

const track = { trackId: 't', participantId: 'p', encodings: 3, origin: null };
const at = (spatial: number) => [{ on: true, spatial }];

describe('LayerWatch', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function watching() {
    const told: number[] = [];
    const watch = new LayerWatch((_track, highest) => told.push(highest));
    return {
      told,
      look: (views: { on: boolean; spatial: number }[], recorded = false) => watch.review(track, views, recorded),
    };
  }

  it('AV-04 lets a layer rest only after a while', () => {
    const { told, look } = watching();
    look(at(0));
    vi.advanceTimersByTime(2_900);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(told).toEqual([0]);
  });

  it('AV-04 wakes a layer at once, and forgets a rest that was due', () => {
    const { told, look } = watching();
    look(at(0));
    vi.advanceTimersByTime(3_100);
    look(at(2));
    expect(told).toEqual([0, 2]);
    look(at(1));
    look(at(2));
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual([0, 2]);
  });

  it('AV-11 asks another node for a picture when somebody looks, and to let it rest a while after', () => {
    const told: number[] = [];
    const watch = new LayerWatch((_track, highest) => told.push(highest));
    const piped = { ...track, origin: { want: () => undefined, keyFrameAsked: () => undefined } };
    watch.review(piped, [], false);
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual([]);
    watch.review(piped, at(0), false);
    expect(told).toEqual([0]);
    watch.review(piped, [], false);
    vi.advanceTimersByTime(3_100);
    expect(told).toEqual([0, -1]);
  });

  it('AV-04 keeps every layer awake for a recording', () => {
    const { told, look } = watching();
    look(at(0), true);
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual([]);
  });
});
