import type { RoomMediaClient } from '@lyceum/sdk/media';

/** What a shared screen consists of. */
interface Captured {
  readonly video: MediaStreamTrack;
  readonly audio: MediaStreamTrack | null;
}

export type Sharing = 'off' | 'starting' | 'on';

interface Surroundings {
  readonly media: () => RoomMediaClient | undefined;
  /** Tells the room; false when it refuses (somebody else shares). */
  readonly allowed: (screen: boolean) => Promise<boolean>;
  readonly changed: (sharing: Sharing) => void;
  /** The browser or the system refused to capture. */
  readonly refused: () => void;
}

/**
 * Asks what to share. Null when the person thought better of it.
 * @throws DOMException when the browser or the system refuses
 */
async function capture(): Promise<Captured | null> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 15, max: 30 } },
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    const [video] = stream.getVideoTracks();
    const [audio] = stream.getAudioTracks();
    if (!video) return null;
    // Letters before motion: a slide that is sharp late beats one that is blurred at once.
    video.contentHint = 'detail';
    return { video, audio: audio ?? null };
  } catch (error) {
    if (error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError')) return null;
    throw error;
  }
}

/** The reader's own screen in the room: at most one, ended by them, by the browser's own button, or by a host. */
export class ScreenShare {
  private captured: Captured | null = null;
  private state: Sharing = 'off';

  constructor(private readonly around: Surroundings) {}

  async start(): Promise<void> {
    if (this.state !== 'off') return;
    this.become('starting');
    const captured = await capture().catch(() => {
      this.around.refused();
      return null;
    });
    this.captured = captured;
    if (!captured) return this.become('off');
    captured.video.addEventListener('ended', () => void this.stop(true), { once: true });
    const allowed = await this.around.allowed(true);
    const media = this.around.media();
    if (!allowed || !media || this.captured !== captured) return this.stop(false);
    this.become('on');
    await media.publish('screen', captured.video);
    if (captured.audio) await media.publish('screen-audio', captured.audio);
  }

  /** `tell`: the room doesn't know yet. */
  async stop(tell: boolean): Promise<void> {
    const { captured } = this;
    this.release();
    this.become('off');
    if (!captured) return;
    const media = this.around.media();
    const told = tell ? this.around.allowed(false) : undefined;
    await Promise.all([told, media?.unpublish('screen'), captured.audio && media?.unpublish('screen-audio')]);
  }

  /** Stops capturing, without a word to anybody. */
  release(): void {
    this.captured?.video.stop();
    this.captured?.audio?.stop();
    this.captured = null;
  }

  private become(state: Sharing): void {
    this.state = state;
    this.around.changed(state);
  }
}
