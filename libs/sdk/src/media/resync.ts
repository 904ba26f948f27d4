import { BackOff } from './back-off.js';
import { isSeatGone } from './media-requests.js';
import type { Publisher } from './publisher.js';
import type { MediaSession } from './session.js';
import type { Subscriber } from './subscriber.js';

/** A refused publication is undone within this, and a media server that answers too late has begun to recover. */
const FIRST_MS = 1_000;
const LAST_MS = 60_000;
/** Whoever waited this long in vain begins anew, in case that the fault is in the session. */
const ANEW_AFTER_MS = 8_000;

/** What `sync` needs of a session. */
type Synced = Pick<MediaSession, 'ask' | 'epoch' | 'isClosed'>;

/**
 * Asks the server how the room is and makes it so here: after a lost socket, when events may have been missed, and a while
 * after anything that failed, again and again. Nobody has to mute and unmute to be heard.
 */
export class Resync {
  private readonly patience = new BackOff(FIRST_MS, LAST_MS);
  private session: Synced | undefined;
  private later: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly subscriber: Pick<Subscriber, 'replaceAll'>,
    private readonly publisher: Pick<Publisher, 'admit'>,
    private readonly callbacks: {
      /** Everything has to be prepared again: the server no longer knows this seat, or the room, or nothing else helped. */
      anew(): void;
      trouble(error: unknown): void;
    },
  ) {}

  attach(session: Synced): void {
    this.detach();
    this.session = session;
  }

  detach(): void {
    this.forgetLater();
    this.session = undefined;
  }

  async now(): Promise<void> {
    const { session } = this;
    if (!session) return;
    this.forgetLater();
    try {
      const { epoch, admitted, tracks } = await session.ask('sync', {});
      if (this.session !== session) return;
      if (epoch !== session.epoch) return this.callbacks.anew();
      await this.settle([this.subscriber.replaceAll(tracks), ...(admitted ? [this.publisher.admit()] : [])]);
    } catch (error) {
      if (this.session === session) this.failed(error);
    }
  }

  /** Once all of this worked, the next failure is tried again soon. What fails says so itself. */
  async settle(made: readonly Promise<void>[]): Promise<void> {
    const settled = await Promise.allSettled(made);
    if (settled.every(({ status }) => status === 'fulfilled')) this.patience.worked();
  }

  /** Something could not be made so in this session: all of it is tried again later. */
  failed(error: unknown): void {
    if (!this.session || this.session.isClosed) return;
    if (isSeatGone(error)) return this.callbacks.anew();
    this.callbacks.trouble(error);
    // What fails together, as a voice, a picture and five tiles do when media goes away, is one failure.
    if (this.later !== undefined) return;
    const { waitMs } = this.patience;
    this.later = setTimeout(() => {
      this.forgetLater();
      if (waitMs < ANEW_AFTER_MS) void this.now();
      else this.callbacks.anew();
    }, waitMs);
    this.patience.failed();
  }

  private forgetLater(): void {
    clearTimeout(this.later);
    this.later = undefined;
  }
}
