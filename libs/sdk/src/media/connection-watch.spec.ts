import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionWatch } from './connection-watch.js';
import type { MediaSession } from './session.js';

/** Two transports that are connected, over which nothing comes but what `heard` says. */
function watched() {
  const said: string[] = [];
  const say = (what: string) => () => void said.push(what);
  const transport = { connectionState: 'connected', on: () => undefined, getStats: () => Promise.resolve(new Map()) };
  const session = {
    send: transport,
    recv: transport,
    prepareRestart: () => Promise.resolve(),
    restartIce: (direction: string) => {
      said.push(`restart ${direction}`);
      return Promise.resolve();
    },
  } as unknown as MediaSession;
  const watch = new ConnectionWatch(session, {
    changed: () => undefined,
    silent: say('silent'),
    back: say('back'),
    failed: say('failed'),
  });
  return { watch, said };
}

describe('ConnectionWatch', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('AV-08 looks for new paths after a second of silence, and says when something comes again', async () => {
    const { watch, said } = watched();
    watch.heard();
    expect(watch.connected).toBe(true);
    await vi.advanceTimersByTimeAsync(900);
    expect(said).toEqual([]);
    await vi.advanceTimersByTimeAsync(400);
    expect(said).toEqual(['silent', 'restart send', 'restart recv']);
    expect(watch.connected).toBe(false);
    watch.heard();
    expect(said.slice(3)).toEqual(['back']);
    expect(watch.connected).toBe(true);
    watch.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toHaveLength(4);
  });

  it('AV-08 gives the seat up after three attempts in vain', async () => {
    const { watch, said } = watched();
    watch.heard();
    await vi.advanceTimersByTimeAsync(12_000);
    expect(said.filter((what) => what === 'restart recv')).toHaveLength(3);
    expect(said).toContain('failed');
    watch.stop();
  });
});
