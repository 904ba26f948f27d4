import type { MediaResponse, MediaTrack } from '@lyceum/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Resync } from './resync.js';

const camera: MediaTrack = {
  trackId: 'a',
  participantId: 'b',
  source: 'camera',
  kind: 'video',
  paused: false,
  encodings: 1,
  priority: null,
};

/** A server whose room is `synced`, or that fails; what was made so of it here. */
function room() {
  const synced: MediaResponse<'sync'> = { epoch: 'now', admitted: true, tracks: [camera] };
  const state = { synced, fails: false, asked: 0, made: [] as string[], consumes: true };
  const ask = () => {
    state.asked += 1;
    return state.fails ? Promise.reject(new Error('media is away')) : Promise.resolve(state.synced);
  };
  const replaceAll = (tracks: readonly MediaTrack[]) => {
    state.made.push(`received ${tracks.length}`);
    if (state.consumes) return Promise.resolve();
    const error = new Error('media is slow');
    again.failed(error);
    return Promise.reject(error);
  };
  const admit = () => Promise.resolve(void state.made.push('sent'));
  const again: Resync = new Resync(
    { replaceAll },
    { admit },
    { anew: () => void state.made.push('anew'), trouble: () => void state.made.push('trouble') },
  );
  again.attach({ ask: ask as never, epoch: 'now', isClosed: false });
  return { state, again };
}

describe('Resync', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('AV-07 makes all so a while after something failed, with longer pauses until it works', async () => {
    const { state, again } = room();
    state.fails = true;
    again.failed(new Error('media is away'));
    await vi.advanceTimersByTimeAsync(900);
    expect(state.asked).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(state.asked).toBe(1);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(state.asked).toBe(1);
    state.fails = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(state.made).toEqual(['trouble', 'trouble', 'received 1', 'sent']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.asked).toBe(2);
  });

  it('AV-07 tries again what the answer asked for and could not be done', async () => {
    const { state, again } = room();
    state.consumes = false;
    await again.now();
    state.consumes = true;
    await vi.advanceTimersByTimeAsync(1_100);
    expect(state.made).toEqual(['received 1', 'trouble', 'sent', 'received 1', 'sent']);
  });

  it('AV-07 takes what fails together as one failure', async () => {
    const { state, again } = room();
    for (let n = 0; n < 6; n++) again.failed(new Error('media is away'));
    await vi.advanceTimersByTimeAsync(1_100);
    expect(state.asked).toBe(1);
    expect(state.made.slice(6)).toEqual(['received 1', 'sent']);
  });

  it('AV-07 begins anew in another incarnation of the room or without a seat, and offers nothing in the lobby', async () => {
    const { state, again } = room();
    state.synced = { ...state.synced, admitted: false };
    await again.now();
    state.synced = { ...state.synced, epoch: 'later' };
    await again.now();
    again.failed(Object.assign(new Error('gone'), { code: 'MEDIA.SEAT_GONE' }));
    expect(state.made).toEqual(['received 1', 'anew', 'anew']);
  });

  it('AV-07 begins anew when nothing else helped, and more and more rarely', async () => {
    const { state, again } = room();
    state.consumes = false;
    await again.now();
    await vi.advanceTimersByTimeAsync(20_000);
    const anew = () => state.made.filter((what) => what === 'anew').length;
    expect([state.asked, anew()]).toEqual([4, 1]);
    again.attach({ ask: () => Promise.reject(new Error('still away')), epoch: 'later', isClosed: false });
    await again.now();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(anew()).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(anew()).toBe(2);
    // A session that begins well: what fails in it much later is tried again in it.
    await again.settle([Promise.resolve()]);
    again.failed(new Error('media is away'));
    await vi.advanceTimersByTimeAsync(1_100);
    expect(anew()).toBe(2);
  });

  it('AV-07 leaves a session that ended alone', async () => {
    const { state, again } = room();
    again.failed(new Error('media is away'));
    again.detach();
    again.failed(new Error('too late'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([state.asked, state.made]).toEqual([0, ['trouble']]);
  });
});
