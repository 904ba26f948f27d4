import {
  feedMessageSchema,
  mediaEventSchema,
  type Ephemeral,
  type MediaEvent,
  type TrackSource,
} from '@lyceum/contracts';
import { Emitter } from './emitter.js';
import { LadderWatch } from './ladder-watch.js';
import { MediaRequests, type Negotiate } from './media-requests.js';
import { MediaStore, type MediaSnapshot } from './media-store.js';
import { Publisher, type LocalTrack } from './publisher.js';
import type { RemoteTrack, TileSize } from './remote-track.js';
import { Resync } from './resync.js';
import { RoomChanges } from './room-changes.js';
import type { MediaClosedReason, MediaState, RoomMediaEvents } from './room-media-events.js';
import { MediaSession } from './session.js';
import { SessionKeeper } from './session-keeper.js';
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

/**
 * A room's media in the browser. `prepare()` in the device check; what was published and how tiles are sized is remembered
 * and made so again after every loss. The server turns media on when the person is in the room.
 */
export class RoomMediaClient {
  private readonly emitter = new Emitter<RoomMediaEvents>();
  private readonly keeper: SessionKeeper;
  private readonly publisher: Publisher;
  private readonly subscriber: Subscriber;
  private readonly ladder: LadderWatch;
  private readonly changes: RoomChanges;
  private readonly again: Resync;
  private readonly unsubscribe: () => void;
  private readonly store: MediaStore;

  constructor(options: RoomMediaOptions) {
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
      connected: () => this.keeper.connected,
      changed: (view) => this.emitter.emit('ladder', view),
      trouble: (error) => this.emitter.emit('trouble', error),
    });
    this.changes = new RoomChanges(this.subscriber, this.publisher, {
      estimated: (available) => this.ladder.estimated(available),
      speaks: (participantId) => this.emitter.emit('speaker', participantId),
    });
    this.again = new Resync(this.subscriber, this.publisher, {
      anew: () => this.keeper.anew(),
      trouble: (error) => this.emitter.emit('trouble', error),
    });
    this.keeper = new SessionKeeper(sessions(options), {
      began: (session) => this.began(session),
      ended: () => this.ended(),
      late: (payload) => this.heard(payload),
      fed: (message) => this.fed(message),
      state: (state) => this.emitter.emit('state', state),
      silent: () => this.emitter.emit('silent', undefined),
      back: () => this.emitter.emit('back', undefined),
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
    return this.keeper.state;
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
    return this.keeper.prepare();
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
    return this.keeper.say(message);
  }

  /** The room's socket is back: events may have been missed. */
  resync(): Promise<void> {
    return this.keeper.session ? this.again.now() : this.prepare();
  }

  /** The network changed (the browser's `online` event, another interface): looks for a new path without losing the seat. */
  async restartIce(): Promise<void> {
    const { session } = this.keeper;
    if (session) await Promise.all([session.restartIce('send'), session.restartIce('recv')]);
  }

  stats(): Promise<MediaStats | null> {
    const { session } = this.keeper;
    return session ? collectStats(session, this.subscriber.all, this.publisher) : Promise.resolve(null);
  }

  /** Leaves for good. Local tracks stay the caller's. */
  close(): void {
    this.closeFor('left');
  }

  private began(session: MediaSession): Promise<void>[] {
    this.ladder.attach(session);
    this.again.attach(session);
    const made = [this.subscriber.attach(session, session.tracks), this.publisher.attach(session)];
    void this.again.settle(made);
    return made;
  }

  private ended(): void {
    this.ladder.detach();
    this.again.detach();
    this.subscriber.detach();
    this.publisher.detach();
  }

  private closeFor(reason: MediaClosedReason): void {
    if (this.state === 'closed') return;
    this.unsubscribe();
    this.keeper.close();
    this.emitter.emit('closed', reason);
    this.emitter.clear();
  }

  private heard(payload: unknown): void {
    if (this.keeper.keepEarly(payload)) return;
    const event = mediaEventSchema.safeParse(payload).data;
    if (!event) return;
    if (event.type === 'reset') this.keeper.reset(event.epoch, event.moving ?? false);
    else if (event.type === 'seat-closed') this.seatClosed(event);
    else if (!this.keeper.keepAhead(payload, event.epoch) && event.epoch === this.keeper.session?.epoch) {
      // Told already, and tried again.
      this.changes.follow(event).catch(() => undefined);
    }
  }

  private seatClosed({ seat, reason }: Extract<MediaEvent, { type: 'seat-closed' }>): void {
    if (seat !== this.keeper.session?.seat) return;
    if (reason === 'replaced' || reason === 'ended') this.closeFor(reason);
    else if (reason === 'lost') this.keeper.anew();
    // Removed by a host, or only missed for a while: which of the two, the room's socket says. Whoever is let in again
    // finds everything prepared; all others can connect and nothing else.
    else this.keeper.giveWay();
  }

  private fed(text: string): void {
    const message = feedMessageSchema.safeParse(parseJson(text)).data;
    if (message?.t === 'levels') this.emitter.emit('levels', message.levels);
    else if (message?.t === 'ephemeral') this.emitter.emit('ephemeral', message);
  }
}

/** How this client's sessions are opened. */
function sessions({ negotiate, iceServers, forceRelay = false }: RoomMediaOptions): () => Promise<MediaSession> {
  const requests = new MediaRequests(negotiate);
  return () => MediaSession.open(requests, { iceServers: async () => iceServers(), forceRelay });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
