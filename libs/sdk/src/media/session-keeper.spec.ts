import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MediaSession } from './session.js';
import { SessionKeeper } from './session-keeper.js';

/** A session whose transports stand, or never do. */
function session(epoch: string, connects = true) {
  const transport = { connectionState: 'connected', on: () => undefined, getStats: () => Promise.resolve(new Map()) };
  const state = { closed: 0 };
  const made = {
    epoch,
    send: transport,
    recv: transport,
    openChannels: () => Promise.resolve({ ephemera: { readyState: 'connecting' }, feed: { on: () => undefined } }),
    connected: () => (connects ? Promise.resolve() : Promise.reject(new Error('not in time'))),
    prepareRestart: () => Promise.resolve(),
    close: () => void (state.closed += 1),
  } as unknown as MediaSession;
  return { state, made };
}

/** A keeper to whom the server answers with these, one after the other. */
function keeper(...answers: (() => Promise<MediaSession>)[]) {
  const said: string[] = [];
  const made: { fails: boolean } = { fails: false };
  const kept: SessionKeeper = new SessionKeeper(
    () => answers.shift()?.() ?? new Promise<MediaSession>(() => undefined),
    {
      began: ({ epoch }) => {
        said.push(`began ${epoch}`);
        return [made.fails ? Promise.reject(new Error('refused')) : Promise.resolve()];
      },
      ended: () => void said.push('ended'),
      late: (payload) => void said.push(`late ${String(payload)}`),
      fed: () => undefined,
      state: (state) => void said.push(state),
      silent: () => undefined,
      back: () => undefined,
      trouble: () => void said.push('trouble'),
    },
  );
  return { kept, said, made };
}
const gives = (made: MediaSession) => () => Promise.resolve(made);
const away = () => Promise.reject(new Error('media is away'));

describe('SessionKeeper', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('AV-01 prepares until the server answers, and hears what was said meanwhile', async () => {
    const { kept, said } = keeper(away, gives(session('one').made));
    const prepared = kept.prepare();
    await vi.advanceTimersByTimeAsync(100);
    expect(kept.keepEarly('of a track')).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    await prepared;
    // What was said before the last question is in its answer.
    expect(said).toEqual(['preparing', 'trouble', 'ended', 'began one', 'connected']);
    expect(kept.keepEarly('of another')).toBe(false);
    kept.close();
  });

  it('AV-07 stays in a session in which something could not be made so', async () => {
    const one = session('one');
    const { kept, said, made } = keeper(gives(one.made));
    made.fails = true;
    await kept.prepare();
    expect([kept.session, one.state.closed, said.includes('trouble')]).toEqual([one.made, 0, false]);
    kept.close();
    expect(one.state.closed).toBe(1);
  });

  it('AV-07 begins anew in another incarnation, and not in the one it has', async () => {
    const [one, two] = [session('one'), session('two')];
    const { kept, said } = keeper(gives(one.made), gives(two.made));
    await kept.prepare();
    kept.reset('one', false);
    expect(one.state.closed).toBe(0);
    kept.reset('two', false);
    await kept.prepare();
    expect([one.state.closed, kept.session]).toEqual([1, two.made]);
    expect(said.slice(-4)).toEqual(['ended', 'preparing', 'began two', 'connected']);
    kept.close();
  });

  it('OP-10 connects to the next node before it leaves the old one, and hears its words afterwards', async () => {
    const [one, two] = [session('one'), session('two')];
    const { kept, said } = keeper(gives(one.made), gives(two.made));
    await kept.prepare();
    kept.reset('two', true);
    expect([kept.keepAhead('of a track', 'two'), kept.keepAhead('of a track', 'one')]).toEqual([true, false]);
    kept.anew();
    expect(one.state.closed).toBe(0);
    await vi.advanceTimersByTimeAsync(0);
    expect([one.state.closed, kept.session]).toEqual([1, two.made]);
    expect(said.slice(-3)).toEqual(['ended', 'began two', 'late of a track']);
    kept.close();
  });

  it('OP-10 begins anew where it is when the next node can not be reached in time', async () => {
    const [one, far, two] = [session('one'), session('far', false), session('two')];
    const { kept } = keeper(gives(one.made), gives(far.made), gives(two.made));
    await kept.prepare();
    kept.reset('far', true);
    await vi.advanceTimersByTimeAsync(0);
    expect([one.state.closed, far.state.closed, kept.session]).toEqual([1, 1, two.made]);
    kept.close();
  });
});
