import type { SelectOption } from '../../../design/index.js';
import type { DeviceNews } from '../model.js';
import { readPreference, writePreference } from '../preferences.js';

interface Surroundings {
  readonly changed: () => void;
  readonly tell: (what: DeviceNews['what'], label: string) => void;
}

/** Where the others are heard: a chosen device while it is there, or the system's. There is no track that would end. */
export class Speaker {
  private preferred = readPreference('speakerId', null);
  private known: ReadonlySet<string> | null = null;
  /** Null for the system's own choice. */
  deviceId: string | null = this.preferred;

  constructor(private readonly around: Surroundings) {}

  choose(deviceId: string): void {
    writePreference('speakerId', deviceId);
    this.preferred = deviceId;
    this.use(deviceId);
  }

  /** The devices there are now. As with a microphone, one that comes back is used only if the person chose it once. */
  listed(devices: readonly SelectOption<string>[]): void {
    const { known, deviceId, preferred } = this;
    const ids = new Set(devices.map(({ id }) => id));
    this.known = ids;
    if (deviceId !== null && !ids.has(deviceId)) {
      this.use(null);
      // Gone since the last visit is no news.
      if (known !== null) this.around.tell(ids.size > 0 ? 'switched' : 'gone', devices[0]?.label ?? '');
    } else if (preferred !== null && deviceId !== preferred && ids.has(preferred)) {
      this.use(preferred);
      this.around.tell('back', devices.find(({ id }) => id === preferred)?.label ?? '');
    } else if (known?.size === 0 && ids.size > 0) this.around.tell('again', devices[0]?.label ?? '');
  }

  private use(deviceId: string | null): void {
    this.deviceId = deviceId;
    this.around.changed();
  }
}
