import { describe, expect, it } from 'vitest';
import { ReplayClock } from './clock.js';

function clockAt(durationMs = 60_000) {
  const time = { now: 1_000 };
  const clock = new ReplayClock(durationMs, () => time.now);
  return { clock, pass: (ms: number) => void (time.now += ms) };
}

describe('RE-02 the master clock', () => {
  it('RE-02 stands still until it plays, and when paused', () => {
    const { clock, pass } = clockAt();
    pass(500);
    expect(clock.position()).toBe(0);
    clock.play();
    pass(1_500);
    expect(clock.position()).toBe(1_500);
    clock.pause();
    pass(9_000);
    expect(clock.position()).toBe(1_500);
  });

  it('RE-02 keeps its place when the speed changes', () => {
    const { clock, pass } = clockAt();
    clock.play();
    pass(2_000);
    clock.setRate(1.5);
    expect(clock.position()).toBe(2_000);
    pass(2_000);
    expect(clock.position()).toBe(5_000);
  });

  it('RE-02 jumps while playing and while paused, and stays within the class', () => {
    const { clock, pass } = clockAt();
    clock.seek(40_000);
    expect(clock.position()).toBe(40_000);
    clock.play();
    clock.seek(10_000);
    pass(1_000);
    expect(clock.position()).toBe(11_000);
    clock.seek(-5);
    expect(clock.position()).toBe(0);
    clock.seek(90_000);
    expect(clock.position()).toBe(60_000);
  });

  it('RE-02 waits for bytes without forgetting that it plays', () => {
    const { clock, pass } = clockAt();
    clock.play();
    pass(1_000);
    clock.hold(true);
    pass(5_000);
    expect(clock.position()).toBe(1_000);
    expect(clock.state().playing).toBe(true);
    clock.hold(false);
    pass(500);
    expect(clock.position()).toBe(1_500);
  });

  it('RE-02 stops at the end and starts over from there', () => {
    const { clock, pass } = clockAt(3_000);
    clock.play();
    pass(4_000);
    clock.settle();
    expect(clock.state().playing).toBe(false);
    expect(clock.position()).toBe(3_000);
    clock.play();
    expect(clock.position()).toBe(0);
  });

  it('RE-02 tells listeners about changes and keeps the state’s identity in between', () => {
    const { clock, pass } = clockAt();
    let calls = 0;
    const stop = clock.subscribe(() => void (calls += 1));
    clock.play();
    const state = clock.state();
    pass(100);
    expect(clock.state()).toBe(state);
    clock.setDuration(60_000);
    clock.hold(false);
    expect(calls).toBe(1);
    stop();
    clock.pause();
    expect(calls).toBe(1);
  });
});
