import {
  problemSchema,
  type ClientFrame,
  type CommandPayload,
  type CommandType,
  type JoinResponse,
  type Problem,
  type RoomEvent,
  type ServerFrame,
} from '@lyceum/contracts';
import { Attendance } from './attendance.js';
import { PendingRequests, type CommandAnswer } from './pending-requests.js';
import { closedProblem, outdatedProblem, RoomError } from './room-error.js';
import { RoomSocket } from './room-socket.js';
import { RoomStore, type RoomView } from './room-store.js';

/** First pauses are short, since an api that died is replaced at once; the longest keeps a return within five seconds. */
const FIRST_PAUSE_MS = 150;
const LONGEST_PAUSE_MS = 4_000;
const SAY_AGAIN_MS = 1_000;

export interface RoomClientOptions {
  /** `wss://…/t/{slug}/rt`. */
  readonly url: string;
  /** `POST sessions/{id}/join`. Called at first, and again when the seat token expired; never for a mere reconnect. */
  readonly join: () => Promise<JoinResponse>;
}

type EventsListener = (events: readonly RoomEvent[]) => void;
type MediaListener = (payload: unknown, engine: string) => void;

/**
 * A seat in a room. Keeps one connection, comes back by itself, and says every command until it is answered: its id makes
 * it count once. `subscribe` and `snapshot` fit React's useSyncExternalStore.
 */
export class RoomClient {
  private readonly store = new RoomStore();
  private readonly pending = new PendingRequests();
  private readonly attendance = new Attendance((type, payload) => void this.send(type, payload).catch(() => undefined));
  private readonly eventListeners = new Set<EventsListener>();
  private readonly mediaListeners = new Set<MediaListener>();
  private socket: RoomSocket | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  /** Hello was said on this connection: what is asked for goes out at once, the server answers it after its welcome. */
  private greeted = false;
  private welcomed = false;
  /** Among what was said right behind hello was the way into the room. */
  private joining = false;
  private started = false;
  private failures = 0;
  /** A new token was asked for since the last welcome: if that one is refused too, it is meant. */
  private renewed = false;

  constructor(private readonly options: RoomClientOptions) {}

  /** Joins and connects; `snapshot()` tells how it goes. Once per client. */
  connect(): void {
    if (this.started) return;
    this.started = true;
    globalThis.addEventListener?.('online', this.hurry);
    void this.open();
  }

  /** Ends the connection for good. The seat stays for a while: say `participant.leave` first to give it up. */
  close(): void {
    this.finish(null);
  }

  readonly subscribe = (listener: () => void): (() => void) => this.store.subscribe(listener);

  readonly snapshot = (): RoomView => this.store.snapshot();

  /** Live events as they arrive, for announcements and sounds; the state has them already. */
  onEvents(listener: EventsListener): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  /** Says a command until it is answered. Rejects with a RoomError when it is refused or the room is closed. */
  send<T extends CommandType>(type: T, payload: CommandPayload<T>): Promise<CommandAnswer> {
    if (this.isOver()) return Promise.reject(new RoomError(this.snapshot().bye ?? closedProblem));
    this.attendance.asked(type, payload);
    return this.pending.command(type, payload, (request) => this.say(request));
  }

  /** One negotiation step with the media engine. Its requests are idempotent, so they too are said until answered. */
  media(payload: unknown, engine = 'mediasoup'): Promise<unknown> {
    if (this.isOver()) return Promise.reject(new RoomError(this.snapshot().bye ?? closedProblem));
    return this.pending.media(engine, payload, (request) => this.say(request));
  }

  onMediaEvent(listener: MediaListener): () => void {
    this.mediaListeners.add(listener);
    return () => this.mediaListeners.delete(listener);
  }

  /** Something else says that the network changed: makes sure of the connection, or of another one. */
  check(): void {
    if (this.retry === undefined) this.socket?.ask();
    else this.hurry();
  }

  private isOver(): boolean {
    return this.snapshot().connection === 'closed';
  }

  private async open(): Promise<void> {
    this.retry = undefined;
    const seat = this.snapshot().seat ?? (await this.join());
    if (!seat || this.isOver()) return;
    const socket = new RoomSocket(this.options.url, {
      opened: () => this.greet(socket, seat.seatToken),
      frame: (frame) => this.received(frame),
      unknown: () => this.finish(outdatedProblem),
      lost: () => this.lost(),
    });
    this.socket = socket;
  }

  /** A refusal is final, anything else is tried again. */
  private async join(): Promise<JoinResponse | null> {
    try {
      const seat = await this.options.join();
      this.store.set({ seat });
      return seat;
    } catch (error) {
      const problem = problemOf(error);
      if (problem && problem.status < 500 && problem.status !== 429) this.finish(problem);
      else this.lost();
      return null;
    }
  }

  /** Hello, and in the same breath what was not answered yet, in order. */
  private greet(socket: RoomSocket, seatToken: string): void {
    socket.send({ t: 'hello', seatToken, since: this.store.since });
    const unanswered = this.pending.requests();
    for (const request of unanswered) socket.send(request);
    this.joining = unanswered.some(isJoin);
    this.greeted = true;
  }

  private say(request: ClientFrame): void {
    if (this.greeted) this.socket?.send(request);
    if (!this.welcomed) this.joining ||= isJoin(request);
  }

  private received(frame: ServerFrame): void {
    switch (frame.t) {
      case 'welcome': {
        const fresh = this.store.welcome(frame, Date.now());
        if (this.welcomed) this.attendance.changed(this.snapshot());
        else this.resume();
        return this.tell(fresh);
      }
      case 'events': {
        const fresh = this.store.push(frame);
        this.attendance.changed(this.snapshot());
        return this.tell(fresh);
      }
      case 'you':
        this.store.set({ you: frame.you });
        return this.attendance.changed(this.snapshot());
      case 'ack':
      case 'nack':
      case 'media-ack': {
        const again = this.pending.answered(frame);
        if (again) setTimeout(() => this.pending.has(again.id) && this.say(again), SAY_AGAIN_MS);
        return;
      }
      case 'media-event':
        for (const listener of [...this.mediaListeners]) listener(frame.payload, frame.engine);
        return;
      case 'pong':
        return;
      case 'bye':
        return this.dismissed(frame.problem);
    }
  }

  /** The first welcome of a connection. */
  private resume(): void {
    this.welcomed = true;
    this.failures = 0;
    this.renewed = false;
    if (!this.joining) this.attendance.welcomed(this.snapshot());
    this.attendance.changed(this.snapshot());
  }

  private tell(events: readonly RoomEvent[]): void {
    if (events.length > 0) for (const listener of [...this.eventListeners]) listener(events);
  }

  /** A token that expired is replaced; any other goodbye is meant. */
  private dismissed(problem: Problem): void {
    if (problem.code !== 'ROOM.SEAT_INVALID' || this.renewed) return this.finish(problem);
    this.renewed = true;
    this.store.set({ seat: null });
    this.socket?.close();
    this.lost();
  }

  private lost(): void {
    this.socket = null;
    this.greeted = this.welcomed = this.joining = false;
    if (this.isOver()) return;
    this.store.set({ connection: this.store.since === null ? 'connecting' : 'reconnecting' });
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.failures, LONGEST_PAUSE_MS);
    this.failures += 1;
    // Spread, so that a class does not come back in one instant.
    this.retry = setTimeout(() => void this.open(), pause * (0.5 + Math.random() / 2));
  }

  /** The network is back: no need to sit out the pause. */
  private readonly hurry = (): void => {
    if (this.retry === undefined) return;
    clearTimeout(this.retry);
    void this.open();
  };

  private finish(bye: Problem | null): void {
    if (this.isOver()) return;
    clearTimeout(this.retry);
    globalThis.removeEventListener?.('online', this.hurry);
    this.socket?.close();
    this.socket = null;
    this.greeted = this.welcomed = false;
    this.store.set({ connection: 'closed', bye });
    this.pending.rejectAll(bye ?? closedProblem);
  }
}

const isJoin = (frame: ClientFrame): boolean => frame.t === 'cmd' && frame.type === 'participant.join';

/** The problem that a rejected join carries, if the server said one; what the client made up itself is not final. */
function problemOf(error: unknown): Problem | null {
  if (typeof error !== 'object' || error === null || !('problem' in error)) return null;
  const problem = problemSchema.safeParse(error.problem).data;
  return problem && !problem.code.startsWith('CLIENT.') ? problem : null;
}
