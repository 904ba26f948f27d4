import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LayerLift } from './layer-lift.js';

const sending = (...scores: number[]) => scores.map((score) => ({ score }));

describe('LayerLift', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('AV-04 looks again after an encoding has run for two seconds', () => {
    const look = vi.fn();
    const lift = new LayerLift(look);
    lift.scored(sending(10));
    vi.advanceTimersByTime(20_000);
    look.mockClear();
    lift.scored(sending(10, 10));
    vi.advanceTimersByTime(2_000);
    expect(look).not.toHaveBeenCalled();
    vi.advanceTimersByTime(300);
    expect(look).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(60_000);
    expect(look).toHaveBeenCalledTimes(3);
  });

  it('AV-04 does nothing when an encoding goes to rest or is merely better received', () => {
    const look = vi.fn();
    const lift = new LayerLift(look);
    lift.scored(sending(9, 9));
    vi.advanceTimersByTime(20_000);
    look.mockClear();
    lift.scored(sending(10, 10));
    lift.scored(sending(10, 0));
    vi.advanceTimersByTime(20_000);
    expect(look).not.toHaveBeenCalled();
  });

  it('AV-04 lets go when the track is gone', () => {
    const look = vi.fn();
    const lift = new LayerLift(look);
    lift.scored(sending(10));
    lift.close();
    vi.advanceTimersByTime(20_000);
    expect(look).not.toHaveBeenCalled();
  });
});
