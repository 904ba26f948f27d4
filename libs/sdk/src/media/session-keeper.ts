import type { Ephemeral } from '@lyceum/contracts';
import type { types } from 'mediasoup-client';
import { ConnectionWatch } from './connection-watch.js';
import type { MediaState } from './room-media-events.js';
import type { MediaSession } from './session.js';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 3_000;
const REMOVED_RETRY_MS = 1_000;
/** The node that a room leaves keeps its seats for a little longer than this. */
const MOVE_MS = 3_000;

type Channels = ReturnType<MediaSession['openChannels']>;

interface KeeperCallbacks {
  /** A session begins: whatever is meant is made so in it. */
  began(session: MediaSession): readonly Promise<void>[];
  ended(): void;
  /** What the server said of the room before this side was set up. */
  late(payload: unknown): void;
  /** A message of the server's channel. */
  fed(message: string): void;
  state(state: MediaState): void;
  /** Nothing arrives any more; something does again. */
  silent(): void;
  back(): void;
  trouble(error: unknown): void;
}

/** Keeps one session: prepares it, for ever if need be, begins another when the seat is lost, and follows a room that moves. */
export class SessionKeeper {
  private current: MediaSession | undefined;
  private watch: ConnectionWatch | undefined;
  private ephemera: types.DataProducer | undefined;
  private preparing: Promise<void> | undefined;
  /** Connecting to another node while this one still carries the room. */
  private moving = false;
  private readonly early: unknown[] = [];
  private later: ReturnType<typeof setTimeout> | undefined;
  private now: MediaState = 'idle';
  private toldState: MediaState = 'idle';

  constructor(
    private readonly open: () => Promise<MediaSession>,
    private readonly callbacks: KeeperCallbacks,
  ) {}

  get session(): MediaSession | undefined {
    return this.current;
  }

  get state(): MediaState {
    return this.now;
  }

  /** Does the path work? */
  get connected(): boolean {
    return this.watch?.connected ?? false;
  }

  /** Idempotent; resolves when there is a session. */
  prepare(): Promise<void> {
    if (this.now === 'closed' || this.current) return Promise.resolve();
    this.preparing ??= this.prepareForEver().finally(() => (this.preparing = undefined));
    return this.preparing;
  }

  /** Over the channel that loses and forgets. False when it is not open. */
  say(message: Ephemeral): boolean {
    if (this.ephemera?.readyState !== 'open') return false;
    this.ephemera.send(JSON.stringify(message));
    return true;
  }

  /** Keeps what is said after the server answered and before this side is set up: it is not in the answer. */
  keepEarly(payload: unknown): boolean {
    return this.keepIf(!this.current && this.preparing !== undefined, payload);
  }

  /** Keeps what is said of the incarnation that the room is moving to. */
  keepAhead(payload: unknown, epoch: string): boolean {
    return this.keepIf(this.moving && epoch !== this.current?.epoch, payload);
  }

  /** The room has another incarnation, maybe on another node that it is moving to; null when it has none. */
  reset(epoch: string | null, moving: boolean): void {
    if (moving && this.now === 'connected') return void this.moveOver();
    this.moving = false;
    if (epoch === null || epoch !== this.current?.epoch) this.anew();
  }

  /** The seat is lost: a new one with everything that was meant. While moving, the seat that is left may well be lost. */
  anew(): void {
    if (this.now === 'closed' || !this.current || this.moving) return;
    this.end();
    void this.prepare();
  }

  /** Someone else took the seat away: prepares another after a while. */
  giveWay(): void {
    this.end();
    this.become('preparing');
    this.later = setTimeout(() => void this.prepare(), REMOVED_RETRY_MS);
  }

  /** For good. */
  close(): void {
    clearTimeout(this.later);
    this.end();
    this.become('closed');
  }

  private keepIf(early: boolean, payload: unknown): boolean {
    if (early) this.early.push(payload);
    return early;
  }

  private async prepareForEver(): Promise<void> {
    for (let waitMs = FIRST_RETRY_MS; this.state !== 'closed'; waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)) {
      this.become('preparing');
      this.early.length = 0;
      try {
        const session = await this.open();
        await this.begin(session, session.openChannels());
        // Otherwise it was reset while it began.
        if (this.current === session) return;
      } catch (error) {
        this.callbacks.trouble(error);
        this.end();
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  private async begin(session: MediaSession, channels: Channels): Promise<void> {
    // Closing fails them; who waits for nothing any more need not hear of it.
    channels.catch(() => undefined);
    if (this.state === 'closed') return session.close();
    this.current = session;
    this.watch = new ConnectionWatch(session, {
      changed: () => this.reviewState(),
      silent: () => this.callbacks.silent(),
      back: () => this.callbacks.back(),
      failed: () => this.anew(),
    });
    const early = this.early.splice(0);
    const made = this.callbacks.began(session);
    this.reviewState();
    const used = this.useChannels(session, channels);
    for (const payload of early) this.callbacks.late(payload);
    // What could not be made so is tried again in this session: those who see and hear go on to do so.
    await Promise.all([used, Promise.allSettled(made)]);
  }

  private async useChannels(session: MediaSession, channels: Channels): Promise<void> {
    const { ephemera, feed } = await channels;
    feed.on('message', (data: unknown) => this.fed(session, data));
    if (this.current === session) this.ephemera = ephemera;
  }

  private fed(session: MediaSession, data: unknown): void {
    if (this.current !== session || typeof data !== 'string') return;
    this.watch?.heard();
    this.callbacks.fed(data);
  }

  /** Connects to the other node first, and leaves the old one when all that is left to do is to publish. */
  private async moveOver(): Promise<void> {
    const before = this.current;
    if (!before || this.moving) return;
    this.moving = true;
    this.early.length = 0;
    let next: MediaSession | undefined;
    try {
      next = await this.open();
      const channels = next.openChannels();
      await Promise.all([channels, next.connected(MOVE_MS)]);
      if (this.current !== before || !this.moving) return next.close();
      this.moving = false;
      this.end();
      await this.begin(next, channels);
    } catch (error) {
      next?.close();
      this.callbacks.trouble(error);
      if (this.current !== before && this.current !== next) return;
      this.moving = false;
      this.anew();
    }
  }

  private end(): void {
    this.watch?.stop();
    this.watch = undefined;
    this.ephemera = undefined;
    this.current?.close();
    this.current = undefined;
    this.callbacks.ended();
  }

  private reviewState(): void {
    if (this.current) this.become(this.connected ? 'connected' : 'connecting');
  }

  private become(state: MediaState): void {
    this.now = state;
    if (this.toldState === state) return;
    this.toldState = state;
    this.callbacks.state(state);
  }
}
