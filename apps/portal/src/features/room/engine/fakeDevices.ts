/**
 * The browser's devices, for tests: the part of Media Capture and Streams (https://www.w3.org/TR/mediacapture-streams/)
 * that this page relies on, with its order of events. Nothing but this edge is imitated.
 */
interface Plugged {
  readonly kind: MediaDeviceKind;
  readonly deviceId: string;
  readonly label: string;
}

const kinds = { audio: 'audioinput', video: 'videoinput' } as const;
const task = () => new Promise<void>((resolve) => setTimeout(resolve));

export class FakeTrack extends EventTarget {
  enabled = true;
  readyState: MediaStreamTrackState = 'live';

  constructor(
    readonly kind: 'audio' | 'video',
    readonly device: Plugged,
  ) {
    super();
  }

  get label(): string {
    return this.device.label;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.device.deviceId };
  }

  /** As in the specification, this fires no event. */
  stop(): void {
    this.readyState = 'ended';
  }

  /** The source is gone. */
  end(): void {
    if (this.readyState === 'ended') return;
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

export class FakeDevices extends EventTarget {
  readonly given: FakeTrack[] = [];
  /** The person, or a policy, says no. */
  denied: readonly ('audio' | 'video')[] = [];
  /** Held by another program. */
  busy: readonly string[] = [];
  /** Some browsers leave the track of a device that is gone as it is. */
  endsTracks = true;
  private gate: Promise<void> = Promise.resolve();

  constructor(private devices: readonly Plugged[]) {
    super();
  }

  /** Answers of `getUserMedia` wait until the function that this returns is called. */
  hold(): () => void {
    let open = () => {};
    this.gate = new Promise((resolve) => (open = resolve));
    return open;
  }

  async getUserMedia(wanted: MediaStreamConstraints): Promise<{ getTracks: () => FakeTrack[] }> {
    await task();
    const found = (['audio', 'video'] as const).flatMap((kind) => {
      const constraints = wanted[kind];
      return constraints ? [{ kind, device: this.find(kind, constraints === true ? {} : constraints) }] : [];
    });
    await this.gate;
    const tracks = found.map(({ kind, device }) => new FakeTrack(kind, device));
    this.given.push(...tracks);
    return { getTracks: () => tracks };
  }

  /** Without a permission devices have no names; one is given with the first track. */
  async enumerateDevices(): Promise<Plugged[]> {
    await task();
    return this.devices.map((device) => (this.given.length > 0 ? device : { ...device, deviceId: '', label: '' }));
  }

  async unplug(deviceId: string): Promise<void> {
    this.devices = this.devices.filter((device) => device.deviceId !== deviceId);
    await task();
    if (this.endsTracks) for (const track of this.given) if (track.device.deviceId === deviceId) track.end();
    await this.change();
  }

  async plug(device: Plugged): Promise<void> {
    this.devices = [...this.devices, device];
    await this.change();
  }

  /** Everything that follows a change has happened when this resolves. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 12; turn += 1) await task();
  }

  private async change(): Promise<void> {
    await task();
    this.dispatchEvent(new Event('devicechange'));
    await this.settled();
  }

  private find(kind: 'audio' | 'video', constraints: MediaTrackConstraints): Plugged {
    if (this.denied.includes(kind)) throw new DOMException('denied', 'NotAllowedError');
    const there = this.devices.filter((device) => device.kind === kinds[kind]);
    const [first] = there;
    if (!first) throw new DOMException('none', 'NotFoundError');
    const { exact, ideal } = (constraints.deviceId ?? {}) as ConstrainDOMStringParameters;
    const wanted = there.find(({ deviceId }) => deviceId === (exact ?? ideal));
    if (exact !== undefined && !wanted) throw Object.assign(new Error('gone'), { name: 'OverconstrainedError' });
    const device = wanted ?? first;
    if (this.busy.includes(device.deviceId)) throw new DOMException('in use', 'NotReadableError');
    return device;
  }
}
