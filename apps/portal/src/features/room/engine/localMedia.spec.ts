import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceNews } from '../model.js';
import { FakeDevices, type FakeTrack } from './fakeDevices.js';
import { LocalMedia } from './localMedia.js';

const headset = { kind: 'audioinput', deviceId: 'headset', label: 'USB headset' } as const;
const builtIn = { kind: 'audioinput', deviceId: 'built-in', label: 'Built-in microphone' } as const;
const webcam = { kind: 'videoinput', deviceId: 'webcam', label: 'Webcam' } as const;
const lid = { kind: 'videoinput', deviceId: 'lid', label: 'Lid camera' } as const;
const phones = { kind: 'audiooutput', deviceId: 'phones', label: 'Headphones' } as const;
const speakers = { kind: 'audiooutput', deviceId: 'speakers', label: 'Speakers' } as const;

let stored: Map<string, string>;
let devices: FakeDevices;
let local: LocalMedia;
let news: DeviceNews[];
/** What the call sends, and whether any of it was silent or stopped while it should be heard. */
let sent: { mic: FakeTrack | null; camera: FakeTrack | null };
/** How long the call needs to replace a track. */
let replacing: () => Promise<void>;

async function enter(plugged: ConstructorParameters<typeof FakeDevices>[0], preferences: object = {}): Promise<void> {
  stored.set('lyceum.room', JSON.stringify(preferences));
  devices = new FakeDevices(plugged);
  vi.stubGlobal('navigator', { mediaDevices: devices });
  local = new LocalMedia({
    send: async () => {
      await replacing();
      const { micTrack, cameraTrack } = local.snapshot();
      sent = { mic: micTrack as unknown as FakeTrack | null, camera: cameraTrack as unknown as FakeTrack | null };
    },
    tell: (item) => news.push(item),
  });
  await local.start();
  await devices.settled();
}

const remembered = () => JSON.parse(stored.get('lyceum.room') ?? '{}') as Record<string, unknown>;
const mic = () => local.snapshot().micTrack as unknown as FakeTrack | null;

beforeEach(() => {
  stored = new Map();
  news = [];
  sent = { mic: null, camera: null };
  replacing = () => Promise.resolve();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => {
  local.stop();
  vi.unstubAllGlobals();
});

describe('AV-05 switching devices in the call', () => {
  it('AV-05 sends the old microphone until the new one has taken its place', async () => {
    await enter([headset, builtIn]);
    const old = mic();
    let replaced = () => {};
    replacing = () => new Promise((resolve) => (replaced = resolve));
    const chosen = local.chooseMic('built-in');
    await devices.settled();
    expect(local.snapshot()).toMatchObject({ mic: 'on', micId: 'built-in' });
    expect(sent.mic).toBe(old);
    expect(old?.readyState).toBe('live');
    replaced();
    await chosen;
    await devices.settled();
    expect(sent.mic?.device).toBe(builtIn);
    expect(old?.readyState).toBe('ended');
    expect(remembered()['micId']).toBe('built-in');
  });

  it('AV-05 stays muted through a switch', async () => {
    await enter([headset, builtIn]);
    await local.setMic(false);
    await local.chooseMic('built-in');
    expect(local.snapshot()).toMatchObject({ mic: 'off', micId: 'built-in' });
    expect(mic()?.enabled).toBe(false);
  });

  it('AV-05 silences the microphone that is still sent when one mutes during a switch', async () => {
    await enter([headset, builtIn]);
    const old = mic();
    replacing = () => new Promise(() => {});
    void local.chooseMic('built-in');
    await devices.settled();
    await local.setMic(false);
    expect([old?.enabled, mic()?.enabled]).toEqual([false, false]);
    expect(mic()?.device).toBe(builtIn);
  });

  it('AV-05 stays muted when one mutes before the browser has answered', async () => {
    await enter([headset, builtIn]);
    const answer = devices.hold();
    const chosen = local.chooseMic('built-in');
    await local.setMic(false);
    answer();
    await chosen;
    expect(local.snapshot().mic).toBe('off');
    expect(mic()).toMatchObject({ device: builtIn, enabled: false });
  });

  it('AV-05 keeps what works when the chosen device can’t be used, and says so', async () => {
    await enter([headset, builtIn]);
    devices.busy = ['built-in'];
    await local.chooseMic('built-in');
    expect(local.snapshot()).toMatchObject({ mic: 'on', micId: 'headset' });
    expect(mic()?.readyState).toBe('live');
    expect(news).toEqual([{ device: 'mic', what: 'refused', label: 'Built-in microphone' }]);
    expect(remembered()['micId']).toBeUndefined();
  });

  it('AV-05 takes the last of two choices, and leaves no device open behind it', async () => {
    await enter([headset, builtIn]);
    const answer = devices.hold();
    const both = [local.chooseMic('built-in'), local.chooseMic('headset')];
    answer();
    await Promise.all(both);
    await devices.settled();
    expect(local.snapshot().micId).toBe('headset');
    expect(devices.given.filter((track) => track.kind === 'audio' && track.readyState === 'live')).toHaveLength(1);
  });

  it('AV-05 keeps a camera dark that was switched off while it was being opened', async () => {
    await enter([headset, webcam], { cameraOn: false });
    const answer = devices.hold();
    const on = local.setCamera(true);
    await devices.settled();
    await local.setCamera(false);
    answer();
    await on;
    expect(local.snapshot()).toMatchObject({ camera: 'off', cameraTrack: null });
    expect(devices.given.filter((track) => track.kind === 'video').every((t) => t.readyState === 'ended')).toBe(true);
  });
});

describe('AV-05 devices that go and come', () => {
  it.each([true, false])('AV-05 falls over to another microphone and says which (ended event: %s)', async (ends) => {
    await enter([headset, builtIn]);
    devices.endsTracks = ends;
    await devices.unplug('headset');
    expect(local.snapshot()).toMatchObject({ mic: 'on', micId: 'built-in' });
    expect(sent.mic?.device).toBe(builtIn);
    expect(news).toEqual([{ device: 'mic', what: 'switched', label: 'Built-in microphone' }]);
    expect(devices.given.filter((track) => track.kind === 'audio' && track.readyState === 'live')).toHaveLength(1);
  });

  it('AV-05 stays muted when the microphone falls over', async () => {
    await enter([headset, builtIn]);
    await local.setMic(false);
    await devices.unplug('headset');
    expect(local.snapshot()).toMatchObject({ mic: 'off', micId: 'built-in' });
    expect(mic()?.enabled).toBe(false);
  });

  it('AV-05 says that nobody hears one when there is no other microphone', async () => {
    await enter([headset]);
    await devices.unplug('headset');
    expect(local.snapshot()).toMatchObject({ mic: 'missing', micTrack: null, mics: [] });
    expect(sent.mic).toBeNull();
    expect(news).toEqual([{ device: 'mic', what: 'gone', label: '' }]);
  });

  it('AV-05 does not open a microphone by itself for somebody who had none', async () => {
    await enter([headset]);
    await devices.unplug('headset');
    await devices.plug(headset);
    expect(local.snapshot()).toMatchObject({ mic: 'off', micTrack: null });
    expect(news.at(-1)).toEqual({ device: 'mic', what: 'again', label: 'USB headset' });
    await local.setMic(true);
    expect(local.snapshot()).toMatchObject({ mic: 'on', micId: 'headset' });
  });

  it('AV-05 goes back to a device that the person chose once', async () => {
    await enter([builtIn, headset]);
    await local.chooseMic('headset');
    await devices.unplug('headset');
    expect(local.snapshot().micId).toBe('built-in');
    await devices.plug(headset);
    expect(local.snapshot()).toMatchObject({ mic: 'on', micId: 'headset' });
    expect(news.map(({ what }) => what)).toEqual(['switched', 'back']);
  });

  it('AV-05 leaves the call alone when a device comes that nobody chose', async () => {
    await enter([headset, builtIn]);
    await devices.unplug('headset');
    await devices.plug(headset);
    expect(local.snapshot().micId).toBe('built-in');
    expect(news.map(({ what }) => what)).toEqual(['switched']);
  });

  it('AV-05 falls over with the camera, and leaves it dark when it was off', async () => {
    await enter([headset, webcam, lid]);
    await devices.unplug('webcam');
    expect(local.snapshot()).toMatchObject({ camera: 'on', cameraId: 'lid' });
    expect(sent.camera?.device).toBe(lid);
    await local.setCamera(false);
    await devices.unplug('lid');
    expect(local.snapshot()).toMatchObject({ camera: 'off', cameraTrack: null, cameraId: null });
    expect(news).toEqual([{ device: 'camera', what: 'switched', label: 'Lid camera' }]);
  });

  it('AV-05 hears through the standard speaker when the chosen one is gone, and goes back to it', async () => {
    await enter([headset, phones, speakers]);
    local.chooseSpeaker('phones');
    await devices.unplug('phones');
    expect(local.snapshot().speakerId).toBeNull();
    await devices.plug(phones);
    expect(local.snapshot().speakerId).toBe('phones');
    expect(news.map(({ device, what }) => [device, what])).toEqual([
      ['speaker', 'switched'],
      ['speaker', 'back'],
    ]);
  });

  it('AV-05 says that one hears nothing when no speaker is left', async () => {
    await enter([headset, phones], { speakerId: 'phones' });
    await devices.unplug('phones');
    expect(news).toEqual([{ device: 'speaker', what: 'gone', label: '' }]);
  });

  it('AV-05 makes no news of a speaker that was there in an earlier class', async () => {
    await enter([headset, speakers], { speakerId: 'phones' });
    expect(local.snapshot().speakerId).toBeNull();
    expect(news).toEqual([]);
  });
});

describe('AV-05 opening devices', () => {
  it('AV-05 opens both together, and one when the other is missing or refused', async () => {
    await enter([headset, webcam]);
    expect(local.snapshot()).toMatchObject({ mic: 'on', camera: 'on' });
    expect(devices.given).toHaveLength(2);
    local.stop();
    await enter([headset]);
    expect(local.snapshot()).toMatchObject({ mic: 'on', camera: 'missing' });
    local.stop();
    const opening = enter([headset, webcam]);
    devices.denied = ['video'];
    await opening;
    expect(local.snapshot()).toMatchObject({ mic: 'on', camera: 'blocked' });
  });

  it('AV-05 leaves nothing open', async () => {
    await enter([headset, webcam]);
    local.stop();
    expect(devices.given.every(({ readyState }) => readyState === 'ended')).toBe(true);
  });
});
