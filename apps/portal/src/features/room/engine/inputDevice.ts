import type { SelectOption } from '../../../design/index.js';
import type { DeviceNews, DeviceState } from '../model.js';

export interface InputView {
  /** What the person means; whether anyone hears or sees it is the engine's to know. */
  readonly state: DeviceState;
  /** A microphone's stays open while muted: unmuting then takes no time. A camera's is closed, with its light. */
  readonly track: MediaStreamTrack | null;
  readonly deviceId: string | null;
}

interface Surroundings {
  readonly kind: 'mic' | 'camera';
  readonly constraints: MediaTrackConstraints;
  /** Called at every change; resolves when what is sent is the current track. */
  readonly changed: () => Promise<unknown>;
  readonly tell: (what: DeviceNews['what'], label: string) => void;
  readonly remember: (deviceId: string) => void;
}

/** `late`: something else was asked for meanwhile, and this answer was thrown away. */
type Opened = 'opened' | 'missing' | 'blocked' | 'late';

/** The reader's microphone or camera: on, off, switched to another one, unplugged, back. Owns its track. */
export class InputDevice {
  /** Counts what was asked of the browser: only the answer to the last question is taken. */
  private asked = 0;
  /** Replaced, and perhaps still sent for a moment: silenced with the current one. */
  private readonly replaced = new Set<MediaStreamTrack>();
  /** Ids of the last list; null before the first. */
  private known: ReadonlySet<string> | null = null;

  /** `preferred`: the device the person chose once; null when they never did. */
  constructor(
    private readonly around: Surroundings,
    public view: InputView,
    private preferred: string | null,
  ) {}

  /** What to ask the browser for: exactly `deviceId`, or the preferred one if it is there. */
  constraints(deviceId?: string): MediaTrackConstraints {
    const wanted = deviceId ? { exact: deviceId } : { ideal: this.preferred ?? undefined };
    return { ...this.around.constraints, ...((deviceId ?? this.preferred) ? { deviceId: wanted } : {}) };
  }

  /** Off is silent, or dark, at once. On opens a device where none is open. */
  async turn(on: boolean): Promise<void> {
    const { track } = this.view;
    if (!on) return this.turnOff();
    if (track) {
      track.enabled = true;
      return void this.set({ state: 'on' });
    }
    void this.set({ state: 'starting' });
    this.settle(await this.open());
  }

  /**
   * Another device, now and from now on. What is sent goes on from the old one until the new one can take its place, and
   * stays with it if the new one can't be opened.
   */
  async choose(deviceId: string, label: string): Promise<void> {
    const { state, track } = this.view;
    void this.set({ deviceId });
    if (!track && state === 'off') return this.prefer(deviceId);
    if (!track) void this.set({ state: 'starting' });
    const opened = await this.open(deviceId);
    if (opened === 'opened') return this.prefer(deviceId);
    if (opened === 'late') return;
    this.settle(opened);
    void this.set({ deviceId: idOf(this.view.track) });
    this.around.tell('refused', label);
  }

  /**
   * The devices there are now. One that comes (back) is used by itself only if the person chose it once: a headset that
   * somebody plugs in to charge must not take the call.
   */
  async listed(devices: readonly SelectOption<string>[]): Promise<void> {
    const { known } = this;
    const ids = new Set(devices.map(({ id }) => id));
    this.known = ids;
    const { track, deviceId, state } = this.view;
    if (deviceId !== null && !ids.has(deviceId)) {
      // Not every browser ends the track of a device that is gone.
      if (track) return this.lost(track);
      void this.set({ deviceId: null });
    }
    if (state === 'missing' && ids.size > 0) {
      // Not turned on by itself: whoever pulled the plug to speak with a neighbour must not be heard by putting it back.
      void this.set({ state: 'off' });
      return this.around.tell('again', devices[0]?.label ?? '');
    }
    const { preferred } = this;
    const isBack = preferred !== null && known !== null && !known.has(preferred) && ids.has(preferred);
    if (!track || !isBack || deviceId === preferred) return;
    if ((await this.open(preferred)) === 'opened') this.around.tell('back', this.view.track?.label ?? '');
  }

  /** A track that the browser gave: from now on the current one. */
  take(track: MediaStreamTrack): void {
    const { state, track: old } = this.view;
    const off = state === 'off';
    if (off && this.around.kind === 'camera') return track.stop();
    // Muted while it was opened, or muted all along: a new microphone is no reason to be heard.
    track.enabled = !off;
    track.addEventListener('ended', () => void this.lost(track), { once: true });
    if (old) this.replaced.add(old);
    void this.set({ track, deviceId: idOf(track), state: off ? 'off' : 'on' }).then(() => {
      if (!old) return;
      old.stop();
      this.replaced.delete(old);
    });
  }

  stop(): void {
    this.asked += 1;
    this.view.track?.stop();
    for (const track of this.replaced) track.stop();
    void this.set({ track: null });
  }

  private turnOff(): void {
    const { track } = this.view;
    for (const open of [track, ...this.replaced]) if (open) open.enabled = false;
    if (this.around.kind === 'mic') return void this.set({ state: 'off' });
    this.asked += 1;
    track?.stop();
    void this.set({ state: 'off', track: null });
  }

  private async open(deviceId?: string): Promise<Opened> {
    const asked = ++this.asked;
    const constraints = this.constraints(deviceId);
    try {
      const stream = await navigator.mediaDevices.getUserMedia(
        this.around.kind === 'mic' ? { audio: constraints } : { video: constraints },
      );
      const [track] = stream.getTracks();
      if (track && asked === this.asked) {
        this.take(track);
        return 'opened';
      }
      track?.stop();
      return 'late';
    } catch (error) {
      return asked === this.asked ? whyNot(error) : 'late';
    }
  }

  /** Unplugged, or taken by the system: the preferred device, or else whichever the browser uses, takes its place. */
  private async lost(track: MediaStreamTrack): Promise<void> {
    if (track !== this.view.track) return;
    track.stop();
    const { state } = this.view;
    void this.set({ track: null, deviceId: null, state: state === 'on' ? 'starting' : state });
    const opened = await this.open();
    if (opened === 'late') return;
    if (opened === 'opened') return this.around.tell('switched', this.view.track?.label ?? '');
    void this.set({ state: opened });
    this.around.tell('gone', '');
  }

  /** A device that was asked for could not be opened. */
  private settle(opened: Opened): void {
    if (this.view.state === 'starting' && (opened === 'missing' || opened === 'blocked'))
      void this.set({ state: opened });
  }

  private prefer(deviceId: string): void {
    this.preferred = deviceId;
    this.around.remember(deviceId);
  }

  private set(change: Partial<InputView>): Promise<unknown> {
    this.view = { ...this.view, ...change };
    return this.around.changed();
  }
}

const idOf = (track: MediaStreamTrack | null): string | null => track?.getSettings().deviceId ?? null;

/** Which of the two the browser means (https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia). */
function whyNot(error: unknown): 'missing' | 'blocked' {
  const name = error instanceof DOMException ? error.name : '';
  // OverconstrainedError is no DOMException in every browser.
  const missing = name === 'NotFoundError' || (error instanceof Error && error.name === 'OverconstrainedError');
  return missing ? 'missing' : 'blocked';
}
