import type { SelectOption } from '../../../design/index.js';
import { readPreference, writePreference } from '../preferences.js';
import { Store } from './store.js';

/** `blocked`: the browser, the system or a missing device refuses. */
export type DeviceState = 'on' | 'off' | 'starting' | 'blocked';

export interface LocalMediaView {
  /** What the person means; whether anyone hears it is the engine's to know. */
  readonly mic: DeviceState;
  readonly camera: DeviceState;
  /** The open microphone, also while muted: unmuting then takes no time. */
  readonly micTrack: MediaStreamTrack | null;
  readonly cameraTrack: MediaStreamTrack | null;
  readonly mics: readonly SelectOption<string>[];
  readonly cameras: readonly SelectOption<string>[];
  readonly speakers: readonly SelectOption<string>[];
  readonly micId: string | null;
  readonly cameraId: string | null;
  readonly speakerId: string | null;
}

type Kind = 'mic' | 'camera';

/** As large as a stage needs; the call sends less when nobody looks at more. */
const picture: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};
const voice: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** The reader's own camera and microphone, before and in the room. Owns their tracks. */
export class LocalMedia {
  private readonly store: Store<LocalMediaView>;
  private stopped = false;
  readonly snapshot: () => LocalMediaView;
  readonly subscribe: (listener: () => void) => () => void;

  constructor() {
    this.store = new Store<LocalMediaView>({
      mic: readPreference('micOn', true) ? 'starting' : 'off',
      camera: readPreference('cameraOn', true) ? 'starting' : 'off',
      micTrack: null,
      cameraTrack: null,
      mics: [],
      cameras: [],
      speakers: [],
      micId: readPreference('micId', null),
      cameraId: readPreference('cameraId', null),
      speakerId: readPreference('speakerId', null),
    });
    this.snapshot = this.store.snapshot;
    this.subscribe = this.store.subscribe;
  }

  /**
   * Opens what was open the last time. Camera and microphone are asked for together: asked one after the other, the
   * browser starts them hundreds of milliseconds apart.
   */
  async start(): Promise<void> {
    const { mic, camera } = this.snapshot();
    navigator.mediaDevices?.addEventListener('devicechange', this.devicesChanged);
    const wanted = { mic: mic === 'starting', camera: camera === 'starting' };
    if (wanted.mic || wanted.camera) {
      const both = await this.open(wanted);
      // One that is missing must not take the other with it.
      if (!both && wanted.mic && wanted.camera) {
        await this.open({ mic: true, camera: false });
        await this.open({ mic: false, camera: true });
      }
    }
    this.settle('mic', wanted.mic);
    this.settle('camera', wanted.camera);
    await this.listDevices();
  }

  /** `remember`: the person's own choice, to be found again the next time. */
  async setMic(on: boolean, remember = true): Promise<void> {
    if (remember) writePreference('micOn', on);
    const { micTrack } = this.snapshot();
    if (micTrack) micTrack.enabled = on;
    if (micTrack || !on) return this.store.set({ mic: on ? 'on' : 'off' });
    this.store.set({ mic: 'starting' });
    await this.open({ mic: true, camera: false });
    this.settle('mic', true);
  }

  /** Off switches the camera itself off, with its light. */
  async setCamera(on: boolean, remember = true): Promise<void> {
    if (remember) writePreference('cameraOn', on);
    const { cameraTrack } = this.snapshot();
    if (!on) {
      cameraTrack?.stop();
      return this.store.set({ camera: 'off', cameraTrack: null });
    }
    if (cameraTrack) return;
    this.store.set({ camera: 'starting' });
    await this.open({ mic: false, camera: true });
    this.settle('camera', true);
  }

  async chooseMic(micId: string): Promise<void> {
    writePreference('micId', micId);
    const old = this.snapshot().micTrack;
    this.store.set({ micId });
    if (old && (await this.open({ mic: true, camera: false }))) old.stop();
  }

  async chooseCamera(cameraId: string): Promise<void> {
    writePreference('cameraId', cameraId);
    const old = this.snapshot().cameraTrack;
    this.store.set({ cameraId });
    if (old && (await this.open({ mic: false, camera: true }))) old.stop();
  }

  chooseSpeaker(speakerId: string): void {
    writePreference('speakerId', speakerId);
    this.store.set({ speakerId });
  }

  stop(): void {
    this.stopped = true;
    navigator.mediaDevices?.removeEventListener('devicechange', this.devicesChanged);
    const { micTrack, cameraTrack } = this.snapshot();
    micTrack?.stop();
    cameraTrack?.stop();
    this.store.set({ micTrack: null, cameraTrack: null });
  }

  private settle(kind: Kind, wanted: boolean): void {
    const view = this.snapshot();
    const track = kind === 'mic' ? view.micTrack : view.cameraTrack;
    if (wanted && view[kind] === 'starting') this.store.set({ [kind]: track ? 'on' : 'blocked' });
  }

  /** True when every device asked for was opened. */
  private async open(wanted: { mic: boolean; camera: boolean }): Promise<boolean> {
    const { micId, cameraId } = this.snapshot();
    const exactly = (deviceId: string | null) => (deviceId ? { deviceId: { ideal: deviceId } } : {});
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: wanted.mic && { ...voice, ...exactly(micId) },
        video: wanted.camera && { ...picture, ...exactly(cameraId) },
      });
      for (const track of stream.getTracks()) this.took(track);
      return true;
    } catch {
      // Why is the browser's secret; that it is so shows in the state.
      return false;
    }
  }

  private took(track: MediaStreamTrack): void {
    if (this.stopped) return track.stop();
    const kind = track.kind === 'audio' ? 'mic' : 'camera';
    const deviceId = track.getSettings().deviceId ?? null;
    // Unplugged: what falls over to another device is the browser's default, and the person sees which.
    track.addEventListener('ended', () => void this.lost(kind, track), { once: true });
    this.store.set(
      kind === 'mic'
        ? { micTrack: track, micId: deviceId, mic: 'on' }
        : { cameraTrack: track, cameraId: deviceId, camera: 'on' },
    );
  }

  private async lost(kind: Kind, track: MediaStreamTrack): Promise<void> {
    const view = this.snapshot();
    if (this.stopped || track !== (kind === 'mic' ? view.micTrack : view.cameraTrack)) return;
    const wasOn = view[kind] === 'on';
    this.store.set(
      kind === 'mic'
        ? { micTrack: null, micId: null, mic: wasOn ? 'starting' : 'off' }
        : { cameraTrack: null, cameraId: null, camera: wasOn ? 'starting' : 'off' },
    );
    if (!wasOn) return;
    await this.open({ mic: kind === 'mic', camera: kind === 'camera' });
    this.settle(kind, true);
  }

  private readonly devicesChanged = (): void => void this.listDevices();

  private async listDevices(): Promise<void> {
    const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    const of = (kind: MediaDeviceKind) =>
      devices
        .filter((device) => device.kind === kind && device.deviceId !== '')
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
    this.store.set({ mics: of('audioinput'), cameras: of('videoinput'), speakers: of('audiooutput') });
  }
}
