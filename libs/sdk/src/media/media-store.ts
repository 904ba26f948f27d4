import type { TrackKind, TrackSource } from '@lyceum/contracts';
import type { Emitter } from './emitter.js';
import type { LadderView } from './ladder.js';
import type { LocalTrack } from './publisher.js';
import { judge, received, type MediaQuality, type Received } from './quality.js';
import type { RemoteTrack } from './remote-track.js';
import type { MediaClosedReason, MediaState, RoomMediaEvents } from './room-media-events.js';
import type { MediaStats } from './stats.js';

/** Someone else's track at one moment. */
export interface RemoteView {
  readonly trackId: string;
  readonly participantId: string;
  readonly source: TrackSource;
  readonly kind: TrackKind;
  readonly paused: boolean;
  /** Not received for now, since the ladder stands too low for it. */
  readonly resting: boolean;
  readonly media: MediaStreamTrack | null;
}

/** Everything a page shows of media; a new object whenever something in it changed. */
export interface MediaSnapshot {
  readonly state: MediaState;
  readonly tracks: readonly RemoteView[];
  readonly local: readonly LocalTrack[];
  /** Participant who speaks. */
  readonly speaker: string | null;
  /** Null until there is something to judge. */
  readonly quality: MediaQuality | null;
  /** Null while everything is received. */
  readonly ladder: LadderView | null;
  readonly closed: MediaClosedReason | null;
}

const LOOK_MS = 3_000;

/** Gathers a client's events into snapshots, in the form that `useSyncExternalStore` and its like want. */
export class MediaStore {
  private current: MediaSnapshot = {
    state: 'idle',
    tracks: [],
    local: [],
    speaker: null,
    quality: null,
    ladder: null,
    closed: null,
  };
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private before: Received | undefined;

  constructor(
    events: Emitter<RoomMediaEvents>,
    private readonly source: { tracks(): Iterable<RemoteTrack>; stats(): Promise<MediaStats | null> },
  ) {
    const tracks = () => this.change({ tracks: [...this.source.tracks()].map(view) });
    events.on('track-added', tracks);
    events.on('track-changed', tracks);
    events.on('track-removed', tracks);
    events.on('local', (local) => this.change({ local }));
    events.on('ladder', (ladder) => this.change({ ladder }));
    events.on('speaker', (speaker) => this.change({ speaker }));
    events.on('closed', (closed) => this.change({ closed }));
    events.on('state', (state) => this.became(state));
  }

  readonly snapshot = (): MediaSnapshot => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private became(state: MediaState): void {
    clearInterval(this.timer);
    this.before = undefined;
    if (state === 'connected') this.timer = setInterval(() => void this.look(), LOOK_MS);
    const speaker = state === 'connected' ? this.current.speaker : null;
    this.change({ state, speaker, ...(state !== 'connected' && { quality: null }) });
  }

  private async look(): Promise<void> {
    const stats = await this.source.stats();
    if (!stats || this.current.state !== 'connected') return;
    const now = received(stats);
    if (this.before) {
      const quality = judge(this.before, now, stats.recv.roundTripMs);
      if (quality !== this.current.quality) this.change({ quality });
    }
    this.before = now;
  }

  private change(change: Partial<MediaSnapshot>): void {
    this.current = { ...this.current, ...change };
    for (const listener of [...this.listeners]) listener();
  }
}

const view = ({ trackId, participantId, source, kind, paused, resting, media }: RemoteTrack): RemoteView => ({
  trackId,
  participantId,
  source,
  kind,
  paused,
  resting,
  media,
});
