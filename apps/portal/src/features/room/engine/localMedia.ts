import type { SelectOption } from '../../../design/index.js';
import type { DeviceNews, LocalMediaView } from '../model.js';
import { readPreference, writePreference } from '../preferences.js';
import { InputDevice } from './inputDevice.js';
import { Speaker } from './speaker.js';
import { Store } from './store.js';

interface Surroundings {
  /** Sends the tracks that are current now; resolves when it does. */
  readonly send: () => Promise<unknown>;
  readonly tell: (news: DeviceNews) => void;
}

/** As large as a stage needs; the call sends less when nobody looks at more. */
const picture: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};
const voice: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** The reader's own camera, microphone and speaker, before and in the room. */
export class LocalMedia {
  private readonly mic: InputDevice;
  private readonly camera: InputDevice;
  private readonly speaker: Speaker;
  private readonly store: Store<LocalMediaView>;
  private stopped = false;
  readonly snapshot: () => LocalMediaView;
  readonly subscribe: (listener: () => void) => () => void;

  constructor(private readonly around: Surroundings) {
    this.mic = this.input('mic', voice);
    this.camera = this.input('camera', picture);
    this.speaker = new Speaker({
      changed: () => void this.changed(),
      tell: (what, label) => around.tell({ device: 'speaker', what, label }),
    });
    this.store = new Store<LocalMediaView>({ mics: [], cameras: [], speakers: [], ...this.current() });
    this.snapshot = this.store.snapshot;
    this.subscribe = this.store.subscribe;
  }

  /**
   * Opens what was open the last time. Camera and microphone are asked for together: asked one after the other, the
   * browser starts them hundreds of milliseconds apart.
   */
  async start(): Promise<void> {
    navigator.mediaDevices?.addEventListener('devicechange', this.devicesChanged);
    const mic = this.mic.view.state === 'starting';
    const camera = this.camera.view.state === 'starting';
    if (mic && camera) await this.openBoth();
    else await Promise.all([mic && this.mic.turn(true), camera && this.camera.turn(true)]);
    await this.listDevices();
  }

  /** `remember`: the person's own choice, to be found again the next time. */
  async setMic(on: boolean, remember = true): Promise<void> {
    if (remember) writePreference('micOn', on);
    await this.mic.turn(on);
  }

  /** Off switches the camera itself off, with its light. */
  async setCamera(on: boolean, remember = true): Promise<void> {
    if (remember) writePreference('cameraOn', on);
    await this.camera.turn(on);
  }

  chooseMic(id: string): Promise<void> {
    return this.mic.choose(id, labelOf(this.snapshot().mics, id));
  }

  chooseCamera(id: string): Promise<void> {
    return this.camera.choose(id, labelOf(this.snapshot().cameras, id));
  }

  chooseSpeaker(id: string): void {
    this.speaker.choose(id);
  }

  stop(): void {
    this.stopped = true;
    navigator.mediaDevices?.removeEventListener('devicechange', this.devicesChanged);
    this.mic.stop();
    this.camera.stop();
  }

  private input(kind: 'mic' | 'camera', constraints: MediaTrackConstraints): InputDevice {
    const preferred = readPreference(`${kind}Id`, null);
    return new InputDevice(
      {
        kind,
        constraints,
        changed: () => this.changed(),
        tell: (what, label) => this.around.tell({ device: kind, what, label }),
        remember: (deviceId) => writePreference(`${kind}Id`, deviceId),
      },
      { state: readPreference(`${kind}On`, true) ? 'starting' : 'off', track: null, deviceId: preferred },
      preferred,
    );
  }

  private async openBoth(): Promise<void> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: this.mic.constraints(),
        video: this.camera.constraints(),
      });
      for (const track of stream.getTracks()) {
        if (this.stopped) track.stop();
        else if (track.kind === 'audio') this.mic.take(track);
        else this.camera.take(track);
      }
    } catch {
      // One that is missing or refused must not take the other with it.
      for (const device of [this.mic, this.camera])
        if (!this.stopped && device.view.state === 'starting') await device.turn(true);
    }
  }

  private readonly devicesChanged = (): void => void this.listDevices();

  private async listDevices(): Promise<void> {
    const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => null);
    if (!devices || this.stopped) return;
    const of = (kind: MediaDeviceKind) =>
      devices
        .filter((device) => device.kind === kind && device.deviceId !== '')
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
    const lists = { mics: of('audioinput'), cameras: of('videoinput'), speakers: of('audiooutput') };
    this.store.set(lists);
    this.speaker.listed(lists.speakers);
    await Promise.all([this.mic.listed(lists.mics), this.camera.listed(lists.cameras)]);
  }

  private changed(): Promise<unknown> {
    this.store.set(this.current());
    return this.stopped ? Promise.resolve() : this.around.send();
  }

  private current(): Omit<LocalMediaView, 'mics' | 'cameras' | 'speakers'> {
    const { mic, camera, speaker } = this;
    return {
      mic: mic.view.state,
      micTrack: mic.view.track,
      micId: mic.view.deviceId,
      camera: camera.view.state,
      cameraTrack: camera.view.track,
      cameraId: camera.view.deviceId,
      speakerId: speaker.deviceId,
    };
  }
}

const labelOf = (devices: readonly SelectOption<string>[], id: string): string =>
  devices.find((device) => device.id === id)?.label ?? '';
