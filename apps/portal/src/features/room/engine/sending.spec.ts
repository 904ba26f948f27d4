import type { LocalTrack } from '@lyceum/sdk/media';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LocalMediaView } from '../model.js';
import { type Outgoing, Sending } from './sending.js';

const track = (kind: string) => ({ kind }) as unknown as MediaStreamTrack;

describe('Sending', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A visit whose reader has both devices on; `published` is what the call library was given. */
  function visit() {
    const local = { mic: 'on', micTrack: track('audio'), cameraTrack: track('video') } as LocalMediaView;
    const published = new Map<string, LocalTrack>();
    const media = {
      get local() {
        return [...published.values()];
      },
      publish: vi.fn<Outgoing['publish']>((source, own, { muted = false } = {}) => {
        published.set(source, { source, track: own, muted, published: true, held: false, resting: false });
        return Promise.resolve();
      }),
      unpublish: (source: string) => Promise.resolve(void published.delete(source)),
    };
    const state: { wanted: boolean; local: LocalMediaView; media: Outgoing | undefined } = {
      wanted: false,
      local,
      media,
    };
    const sending = new Sending({
      media: () => state.media,
      local: () => state.local,
      wanted: () => state.wanted,
    });
    return { state, sending, published, media };
  }

  it('AV-03 sends nothing before the reader is on their way in, and lets the others’ pictures come first then', async () => {
    const { state, sending, published } = visit();
    await sending.align();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(published.size).toBe(0);
    state.wanted = true;
    await sending.align();
    expect(published.size).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([...published.keys()]).toEqual(['mic', 'camera']);
  });

  it('AV-03 sends at once what changes later, and each thing once', async () => {
    const { state, sending, published, media } = visit();
    state.wanted = true;
    await sending.align();
    await vi.advanceTimersByTimeAsync(1_000);
    await sending.align();
    expect(media.publish).toHaveBeenCalledTimes(2);
    state.local = { ...state.local, mic: 'off', cameraTrack: null };
    await sending.align();
    expect([...published.keys()]).toEqual(['mic']);
    expect(published.get('mic')?.muted).toBe(true);
  });

  it('AV-03 sends when the call library comes late', async () => {
    const { state, sending, published, media } = visit();
    Object.assign(state, { wanted: true, media: undefined });
    await sending.align();
    await vi.advanceTimersByTimeAsync(1_000);
    state.media = media;
    await sending.align();
    expect(published.size).toBe(2);
  });

  it('AV-03 begins nothing when the visit ends first', async () => {
    const { state, sending, published } = visit();
    state.wanted = true;
    await sending.align();
    sending.release();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(published.size).toBe(0);
  });
});
