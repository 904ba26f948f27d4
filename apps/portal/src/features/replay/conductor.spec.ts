import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReplayClock } from './clock.js';
import { Conductor, type Playable } from './conductor.js';

/** A media element that plays by the fake clock: `latencyMs` is how long it takes to start and to seek. */
class FakeElement extends EventTarget implements Playable {
  paused = true;
  seeking = false;
  readyState = 4;
  ended = false;
  error: MediaError | null = null;
  duration = 600;
  private base = 0;
  private since = performance.now();
  private rate = 1;

  get currentTime(): number {
    const runs = !this.paused && !this.seeking && this.readyState >= 3;
    return this.base + (runs ? Math.max(0, (performance.now() - this.since) / 1000) * this.rate : 0);
  }

  set currentTime(value: number) {
    this.base = value;
    this.since = performance.now();
    this.seeking = true;
    setTimeout(() => {
      this.since = performance.now();
      this.seeking = false;
      this.dispatchEvent(new Event('seeked'));
    }, 30);
  }

  get playbackRate(): number {
    return this.rate;
  }

  set playbackRate(value: number) {
    this.base = this.currentTime;
    this.since = performance.now();
    this.rate = value;
  }

  play(): Promise<void> {
    this.paused = false;
    // Sound comes out a moment after it was asked for.
    this.since = performance.now() + 60;
    return Promise.resolve();
  }

  pause(): void {
    this.base = this.currentTime;
    this.paused = true;
  }

  starve(): void {
    this.base = this.currentTime;
    this.readyState = 2;
  }

  feed(): void {
    this.since = performance.now();
    this.readyState = 4;
    this.dispatchEvent(new Event('canplay'));
  }
}

function stage(durationMs = 60_000) {
  const clock = new ReplayClock(durationMs);
  const conductor = new Conductor(clock);
  conductor.start();
  const add = (startMs: number, lengthMs: number) => {
    const element = new FakeElement();
    conductor.add({ element, startMs, durationMs: lengthMs });
    return element;
  };
  /** How far the element is from where it should be, ms. */
  const offset = (element: FakeElement, startMs: number) => element.currentTime * 1000 - (clock.position() - startMs);
  return { clock, conductor, add, offset };
}

describe('RE-02 the conductor', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('RE-02 keeps picture and sound within 20 ms of the clock, from different starts', async () => {
    const { clock, add, offset } = stage();
    const sound = add(0, 60_000);
    const picture = add(1_500, 50_000);
    clock.seek(5_000);
    clock.play();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(Math.abs(offset(sound, 0))).toBeLessThan(20);
    expect(Math.abs(offset(picture, 1_500))).toBeLessThan(20);
    expect(clock.position()).toBeGreaterThan(10_000);
  });

  it('RE-02 plays a part only between its edges', async () => {
    const { clock, add } = stage();
    const part = add(2_000, 1_000);
    clock.play();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(part.paused).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(part.paused).toBe(false);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(part.paused).toBe(true);
  });

  it('RE-02 lets everyone wait for one that has no bytes, and go on together', async () => {
    const { clock, add, offset } = stage();
    const sound = add(0, 60_000);
    const picture = add(0, 60_000);
    clock.play();
    await vi.advanceTimersByTimeAsync(2_000);
    picture.starve();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(clock.state().held).toBe(true);
    expect(sound.paused).toBe(true);
    const stood = clock.position();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(clock.position()).toBe(stood);
    picture.feed();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(clock.state().held).toBe(false);
    expect(Math.abs(offset(sound, 0))).toBeLessThan(20);
    expect(Math.abs(offset(picture, 0))).toBeLessThan(20);
  });

  it('RE-02 leaves one behind that never gets anything', async () => {
    const { clock, add } = stage();
    add(0, 60_000).starve();
    clock.play();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(clock.position()).toBeGreaterThan(2_000);
  });

  it('RE-02 follows the speed and a jump', async () => {
    const { clock, add, offset } = stage();
    const sound = add(0, 60_000);
    clock.setRate(1.5);
    clock.play();
    await vi.advanceTimersByTimeAsync(4_000);
    clock.seek(30_000);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(Math.abs(offset(sound, 0))).toBeLessThan(30);
    expect(clock.position()).toBeGreaterThan(37_000);
  });

  it('RE-02 stops everything when it is paused or taken down', async () => {
    const { clock, conductor, add } = stage();
    const sound = add(0, 60_000);
    clock.play();
    await vi.advanceTimersByTimeAsync(500);
    clock.pause();
    expect(sound.paused).toBe(true);
    clock.play();
    await vi.advanceTimersByTimeAsync(500);
    conductor.stop();
    expect(sound.paused).toBe(true);
  });
});
