import type { MediaTrack } from '@lyceum/contracts';
import type { types } from 'mediasoup-client';
import { describe, expect, it } from 'vitest';
import { RemoteTrack } from './remote-track.js';
import type { MediaSession } from './session.js';
import { ViewingWishes } from './viewing-wishes.js';

function camera(trackId: string, more: Partial<MediaTrack> = {}): RemoteTrack {
  const track: MediaTrack = {
    trackId,
    participantId: `owner of ${trackId}`,
    source: 'camera',
    kind: 'video',
    paused: false,
    encodings: 3,
    priority: null,
    ...more,
  };
  const remote = new RemoteTrack(track);
  remote.attach({ track: {} } as types.Consumer);
  return remote;
}

/** The server's end: what it was asked, until it stops to answer. */
function server() {
  const asked: string[] = [];
  const state = { fails: false };
  const ask = (op: string, body: { trackId?: string; trackIds?: string[]; spatial?: number }) => {
    const spatial = body.spatial === undefined ? '' : ` ${body.spatial}`;
    asked.push(`${op} ${body.trackId ?? body.trackIds?.join()}${spatial}`);
    return state.fails ? Promise.reject(new Error('no answer')) : Promise.resolve({});
  };
  return { asked, state, session: { ask } as unknown as MediaSession };
}

describe('ViewingWishes', () => {
  it('AV-04 wakes new tracks together, each at the layer of its tile', async () => {
    const { asked, session } = server();
    const tracks = [camera('a'), camera('b'), camera('mic', { kind: 'audio', source: 'mic', encodings: 1 })];
    tracks[1]?.resize({ height: 700 });
    await new ViewingWishes().tell(session, tracks);
    expect(asked).toEqual(['setPreferredLayers a 0', 'setPreferredLayers b 2', 'resumeConsumer a,b,mic']);
  });

  it('AV-04 says nothing twice, and of a picture that is off screen only that', async () => {
    const { asked, session } = server();
    const wishes = new ViewingWishes();
    const track = camera('a');
    await wishes.tell(session, [track]);
    await wishes.tell(session, [track]);
    asked.length = 0;
    track.resize(null);
    await wishes.tell(session, [track]);
    track.resize({ height: 100 });
    await wishes.tell(session, [track]);
    expect(asked).toEqual(['pauseConsumer a', 'resumeConsumer a']);
  });

  it('AV-04 tells the layer of a picture that was off screen from the start', async () => {
    const { asked, session } = server();
    const wishes = new ViewingWishes();
    const track = camera('a');
    track.resize(null);
    await wishes.tell(session, [track]);
    expect(asked).toEqual([]);
    track.resize({ height: 100 });
    await wishes.tell(session, [track]);
    expect(asked).toEqual(['setPreferredLayers a 0', 'resumeConsumer a']);
  });

  it('AV-09 says again what the server may not have heard', async () => {
    const { asked, session, state } = server();
    const wishes = new ViewingWishes();
    const track = camera('a');
    await wishes.tell(session, [track]);
    asked.length = 0;
    state.fails = true;
    track.setShare('nothing');
    await expect(wishes.tell(session, [track])).rejects.toThrow('no answer');
    state.fails = false;
    await wishes.tell(session, [track]);
    expect(asked).toEqual(['pauseConsumer a', 'pauseConsumer a']);
  });

  it('AV-07 lets a still flow for one image only', async () => {
    const { asked, session } = server();
    const wishes = new ViewingWishes();
    const screen = camera('s', { source: 'screen', encodings: 1 });
    await wishes.tell(session, [screen]);
    for (const step of [
      () => screen.setShare('still'),
      () => screen.setFlowing(true),
      () => screen.setFlowing(false),
    ]) {
      step();
      await wishes.tell(session, [screen]);
    }
    expect(asked).toEqual(['resumeConsumer s', 'pauseConsumer s', 'resumeConsumer s', 'pauseConsumer s']);
    expect(screen.resting).toBe(false);
  });
});
