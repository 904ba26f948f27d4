import {
  feedMessageSchema,
  mediaEventSchema,
  type Ephemeral,
  type MediaEvent,
  type TrackSource,
} from '@lyceum/contracts';
import type { types } from 'mediasoup-client';
import { ConnectionWatch } from './connection-watch.js';
import { Emitter } from './emitter.js';
import { LadderWatch } from './ladder-watch.js';
import { MediaRequests, type Negotiate } from './media-requests.js';
import { MediaStore, type MediaSnapshot } from './media-store.js';
import { Publisher, type LocalTrack } from './publisher.js';
import type { RemoteTrack, TileSize } from './remote-track.js';
import { Resync } from './resync.js';
import { RoomChanges } from './room-changes.js';
import type { MediaClosedReason, MediaState, RoomMediaEvents } from './room-media-events.js';
import { MediaSession, type SessionOptions } from './session.js';
import { collectStats, type MediaStats } from './stats.js';
import { Subscriber } from './subscriber.js';

export interface RoomMediaOptions {
  /** Says one request to the room's media engine and resolves with the answer's payload. */
  readonly negotiate: Negotiate;
  /** Calls back with the payload of every media event of this engine. @returns the end of the subscription */
  readonly onEvent: (listener: (payload: unknown) => void) => () => void;
  /** Called for every new connection: credentials expire. */
  readonly iceServers: () => Promise<RTCIceServer[]> | RTCIceServer[];
  /** Only ever use relays. */
  readonly forceRelay?: boolean;
}

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 3_000;
const REMOVED_RETRY_MS = 1_000;
/** The node that a room leaves keeps its seats for a little longer than this. */
const MOVE_MS = 3_000;

/**
 * A room's media in the browser. `prepare()` in the device check; what was published and how tiles are sized is remembered
 * and made so again after every loss. The server turns media on when the person is in the room.
 */
export class RoomMediaClient {
  private readonly emitter = new Emitter<RoomMediaEvents>();
  private readonly requests: MediaRequests;
  private readonly publisher: Publisher;
  private readonly subscriber: Subscriber;
  private readonly ladder: LadderWatch;
  private readonly changes: RoomChanges;
  private readonly again: Resync;
  private readonly unsubscribe: () => void;
  private readonly store: MediaStore;
  private session: MediaSession | undefined;
  private watch: ConnectionWatch | undefined;
  private ephemera: types.DataProducer | undefined;
  private preparing: Promise<void> | undefined;
  /** Connecting to another node while this one still carries the room. */
  private moving = false;
  private readonly early: unknown[] = [];
  private later: ReturnType<typeof setTimeout> | undefined;
  private now: MediaState = 'idle';
  private toldState: MediaState = 'idle';

  constructor(private readonly options: RoomMediaOptions) {
    this.requests = new MediaRequests(options.negotiate);
    this.publisher = new Publisher(
      () => this.emitter.emit('local', this.publisher.tracks),
      (error) => this.again.failed(error),
    );
    this.subscriber = new Subscriber({
      added: (track) => this.emitter.emit('track-added', track),
      changed: (track) => this.emitter.emit('track-changed', track),
      removed: (track) => this.emitter.emit('track-removed', track),
      failed: (error) => this.again.failed(error),
    });
    this.ladder = new LadderWatch(this.subscriber, this.publisher, {
      connected: () => this.watch?.connected ?? false,
      changed: (view) => this.emitter.emit('ladder', view),
      trouble: (error) => this.emitter.emit('trouble', error),
    });
    this.changes = new RoomChanges(this.subscriber, this.publisher, {
      estimated: (available) => this.ladder.estimated(available),
      speaks: (participantId) => this.emitter.emit('speaker', participantId),
    });
    this.again = new Resync(this.subscriber, this.publisher, {
      seatGone: () => this.startAnew(),
      trouble: (error) => this.emitter.emit('trouble', error),
    });
    this.store = new MediaStore(this.emitter, {
      tracks: () => this.subscriber.all.values(),
      stats: () => this.stats(),
    });
    this.unsubscribe = options.onEvent((payload) => this.heard(payload));
  }

  on<Name extends keyof RoomMediaEvents>(name: Name, listener: (value: RoomMediaEvents[Name]) => void): () => void {
    return this.emitter.on(name, listener);
  }

  /** Calls back whenever `snapshot()` gives another object. @returns the end of the subscription. Bound, like `snapshot`. */
  get subscribe(): (listener: () => void) => () => void {
    return this.store.subscribe;
  }

  get snapshot(): () => MediaSnapshot {
    return this.store.snapshot;
  }

  get state(): MediaState {
    return this.now;
  }

  /** By track id. */
  get tracks(): ReadonlyMap<string, RemoteTrack> {
    return this.subscriber.all;
  }

  get local(): readonly LocalTrack[] {
    return this.publisher.tracks;
  }

  /** Gets transports and starts to connect them; tries for ever. Idempotent; call it in the device check. */
  prepare(): Promise<void> {
    if (this.now === 'closed') return Promise.resolve();
    if (this.session) return Promise.resolve();
    this.preparing ??= this.prepareForEver().finally(() => (this.preparing = undefined));
    return this.preparing;
  }

  /** Sends a track, or replaces the one of this source. The caller owns the track and stops it after `unpublish`. */
  publish(source: TrackSource, track: MediaStreamTrack, options: { muted?: boolean } = {}): Promise<void> {
    return this.publisher.publish(source, track, options.muted ?? false);
  }

  unpublish(source: TrackSource): Promise<void> {
    return this.publisher.unpublish(source);
  }

  setMuted(source: TrackSource, muted: boolean): Promise<void> {
    return this.publisher.setMuted(source, muted);
  }

  /** Size of the tile that shows a picture, in device pixels; null when it is off screen, which costs nothing then. */
  resize(trackId: string, size: TileSize): Promise<void> {
    return this.subscriber.resize(trackId, size);
  }

  /** To everyone in the room, over a channel that loses and forgets. False when it is not open. */
  say(message: Ephemeral): boolean {
    if (this.ephemera?.readyState !== 'open') return false;
    this.ephemera.send(JSON.stringify(message));
    return true;
  }

  /** The room's socket is back: events may have been missed. */
  resync(): Promise<void> {
    return this.session ? this.again.now() : this.prepare();
  }

  /** The network changed (the browser's `online` event, another interface): looks for a new path without losing the seat. */
  async restartIce(): Promise<void> {
    const { session } = this;
    if (session) await Promise.all([session.restartIce('send'), session.restartIce('recv')]);
  }

  stats(): Promise<MediaStats | null> {
    return this.session ? collectStats(this.session, this.subscriber.all, this.publisher) : Promise.resolve(null);
  }

  /** Leaves for good. Local tracks stay the caller's. */
  close(): void {
    this.closeFor('left');
  }

  private async prepareForEver(): Promise<void> {
    for (let waitMs = FIRST_RETRY_MS; this.state !== 'closed'; waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)) {
      this.become('preparing');
      this.early.length = 0;
      try {
        const session = await this.openSession();
        await this.begin(session, session.openChannels());
        // Otherwise it was reset while it began.
        if (this.session === session) return;
      } catch (error) {
        this.emitter.emit('trouble', error);
        this.endSession();
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  private openSession(): Promise<MediaSession> {
    const { iceServers, forceRelay = false } = this.options;
    const options: SessionOptions = { iceServers: async () => iceServers(), forceRelay };
    return MediaSession.open(this.requests, options);
  }

  private async begin(session: MediaSession, channels: ReturnType<MediaSession['openChannels']>): Promise<void> {
    // Closing fails them; who waits for nothing any more need not hear of it.
    channels.catch(() => undefined);
    if (this.state === 'closed') return session.close();
    this.session = session;
    this.watch = new ConnectionWatch(session, {
      changed: () => this.reviewState(),
      silent: () => this.emitter.emit('silent', undefined),
      back: () => this.emitter.emit('back', undefined),
      failed: () => this.startAnew(),
    });
    this.ladder.attach(session);
    this.again.attach(session);
    this.reviewState();
    const early = this.early.splice(0);
    const aligned = [
      this.useChannels(session, channels),
      this.subscriber.attach(session, session.tracks),
      this.publisher.attach(session),
    ];
    for (const payload of early) this.heard(payload);
    await Promise.all(aligned);
  }

  private async useChannels(session: MediaSession, channels: ReturnType<MediaSession['openChannels']>): Promise<void> {
    const { ephemera, feed } = await channels;
    feed.on('message', (data: unknown) => this.fed(session, data));
    if (this.session === session) this.ephemera = ephemera;
  }

  /** The room goes to another node: connects there first, and leaves the old one when all that is left to do is to publish. */
  private async moveOver(): Promise<void> {
    const before = this.session;
    if (!before || this.moving) return;
    this.moving = true;
    this.early.length = 0;
    let next: MediaSession | undefined;
    try {
      next = await this.openSession();
      const channels = next.openChannels();
      await Promise.all([channels, next.connected(MOVE_MS)]);
      if (this.session !== before || !this.moving) return next.close();
      this.moving = false;
      this.endSession();
      await this.begin(next, channels);
    } catch (error) {
      next?.close();
      this.emitter.emit('trouble', error);
      if (this.session !== before && this.session !== next) return;
      this.moving = false;
      this.startAnew();
    }
  }

  /** The seat is lost: a new one with everything that was meant. While moving, the seat that is left may well be lost. */
  private startAnew(): void {
    if (this.now === 'closed' || !this.session || this.moving) return;
    this.endSession();
    void this.prepare();
  }

  private endSession(): void {
    this.watch?.stop();
    this.watch = undefined;
    this.ephemera = undefined;
    this.session?.close();
    this.session = undefined;
    this.ladder.detach();
    this.again.detach();
    this.subscriber.detach();
    this.publisher.detach();
  }

  private closeFor(reason: MediaClosedReason): void {
    if (this.now === 'closed') return;
    clearTimeout(this.later);
    this.unsubscribe();
    this.endSession();
    this.become('closed');
    this.emitter.emit('closed', reason);
    this.emitter.clear();
  }

  private heard(payload: unknown): void {
    // What happens after the server answered and before this side is set up is not in the answer.
    if (!this.session && this.preparing) return void this.early.push(payload);
    const event = mediaEventSchema.safeParse(payload).data;
    if (!event) return;
    if (event.type === 'reset') {
      if (event.moving && this.now === 'connected') return void this.moveOver();
      this.moving = false;
      if (event.epoch === null || event.epoch !== this.session?.epoch) this.startAnew();
    } else if (event.type === 'seat-closed') this.seatClosed(event);
    else if (this.moving && event.epoch !== this.session?.epoch) this.early.push(payload);
    else if (event.epoch === this.session?.epoch) {
      // Told already, and tried again.
      this.changes.follow(event).catch(() => undefined);
    }
  }

  private seatClosed({ seat, reason }: Extract<MediaEvent, { type: 'seat-closed' }>): void {
    if (seat !== this.session?.seat) return;
    if (reason === 'replaced' || reason === 'ended') return this.closeFor(reason);
    if (reason === 'lost') return this.startAnew();
    // Removed by a host, or only missed for a while: which of the two, the room's socket says. Whoever is let in again
    // finds everything prepared; all others can connect and nothing else.
    this.endSession();
    this.become('preparing');
    this.later = setTimeout(() => void this.prepare(), REMOVED_RETRY_MS);
  }

  private fed(session: MediaSession, data: unknown): void {
    if (this.session !== session || typeof data !== 'string') return;
    this.watch?.heard();
    const message = feedMessageSchema.safeParse(parseJson(data)).data;
    if (message?.t === 'levels') this.emitter.emit('levels', message.levels);
    else if (message?.t === 'ephemeral') this.emitter.emit('ephemeral', message);
  }

  private reviewState(): void {
    if (this.session) this.become(this.watch?.connected ? 'connected' : 'connecting');
  }

  private become(state: MediaState): void {
    this.now = state;
    if (this.toldState === state) return;
    this.toldState = state;
    this.emitter.emit('state', state);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
