import type { RoomMediaClient } from '@lyceum/sdk/media';
import type { LocalMediaView } from '../model.js';

/**
 * Whoever comes in sees and hears the others first. Beginning to send costs this page and every other one in the room as much
 * as the first pictures do, and of two people who come together the second would wait for the first one's camera.
 */
const OTHERS_FIRST_MS = 500;

/** What of the call library sends. */
export type Outgoing = Pick<RoomMediaClient, 'local' | 'publish' | 'unpublish'>;

interface Sender {
  media(): Outgoing | undefined;
  local(): LocalMediaView;
  /** Whether the reader is on their way into the room, or there; before, nothing leaves the machine. */
  wanted(): boolean;
}

/** Keeps what is sent in line with the reader's devices and switches. */
export class Sending {
  private begun = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly sender: Sender) {}

  /** After every change of devices, seat or connection; also when nothing is to be sent yet. */
  async align(): Promise<void> {
    const { sender } = this;
    if (!sender.wanted()) return;
    if (!this.begun) return this.beginSoon();
    const media = sender.media();
    if (!media) return;
    const { mic, micTrack, cameraTrack } = sender.local();
    const align = (source: 'mic' | 'camera', track: MediaStreamTrack | null, muted: boolean) => {
      const now = media.local.find((own) => own.source === source);
      // A camera that is off has no track at all; one that ended could not be sent again after a reconnect.
      if (!track) return now && media.unpublish(source);
      return now?.track === track && now.muted === muted ? undefined : media.publish(source, track, { muted });
    };
    await Promise.all([align('mic', micTrack, mic !== 'on'), align('camera', cameraTrack, false)]).catch(
      () => undefined,
    );
  }

  release(): void {
    clearTimeout(this.timer);
  }

  private beginSoon(): void {
    this.timer ??= setTimeout(() => {
      this.begun = true;
      void this.align();
    }, OTHERS_FIRST_MS);
  }
}
