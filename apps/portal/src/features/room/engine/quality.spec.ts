import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QualityWatch, qualityOf, type Quality } from './quality.js';

const path = (roundTripMs: number | null) => ({
  state: 'connected',
  type: 'host',
  protocol: 'udp',
  relayProtocol: null,
  roundTripMs,
  availableOutgoing: null,
});
const stats = (packetsLost: number, packetsReceived: number, roundTripMs: number | null = 20) => ({
  send: path(roundTripMs),
  recv: path(null),
  local: [],
  remote: [
    {
      trackId: 'a',
      participantId: 'p',
      source: 'mic' as const,
      fps: null,
      framesDecoded: 0,
      width: null,
      height: null,
      packetsReceived,
      packetsLost,
      jitterMs: null,
      bytesReceived: 0,
    },
  ],
});

describe('AV-07 how the connection does', () => {
  it('AV-07 looks at what was lost since the last time, not since the start', () => {
    const { counts } = qualityOf('connected', stats(500, 1_000), new Map());
    expect(qualityOf('connected', stats(500, 2_000), counts).quality).toBe('good');
    expect(qualityOf('connected', stats(560, 2_000), counts).quality).toBe('weak');
    expect(qualityOf('connected', stats(900, 2_000), counts).quality).toBe('bad');
  });

  it('AV-07 says so when packets travel long, and when nothing is connected', () => {
    expect(qualityOf('connected', stats(0, 10, 400), new Map()).quality).toBe('weak');
    expect(qualityOf('connected', stats(0, 10, 900), new Map()).quality).toBe('bad');
    expect(qualityOf('preparing', null, new Map()).quality).toBe('bad');
    expect(qualityOf('idle', null, new Map()).quality).toBeNull();
  });
});

describe('AV-07 the watch over the connection', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('AV-07 looks at once and every three seconds, also when nothing can be measured, until it is stopped', async () => {
    const looks = [() => stats(0, 1_000), () => stats(500, 1_500), () => Promise.reject(new Error('closed'))];
    const told: (Quality | null)[] = [];
    const watch = new QualityWatch(({ quality }) => told.push(quality));
    watch.start({ state: 'connected', stats: async () => (looks.shift() ?? (() => stats(500, 9_000)))() });
    await vi.advanceTimersByTimeAsync(9_000);
    expect(told).toEqual(['good', 'bad', 'bad', 'good']);
    watch.stop();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(told).toHaveLength(4);
  });
});
