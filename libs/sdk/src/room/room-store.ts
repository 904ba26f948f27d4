import {
  emptyRoom,
  reduce,
  reduceChat,
  type ChatLog,
  type JoinResponse,
  type Problem,
  type References,
  type RoomEvent,
  type RoomState,
  type ServerFrame,
  type WelcomeFrame,
  type You,
} from '@lyceum/contracts';

export type RoomConnection = 'connecting' | 'open' | 'reconnecting' | 'closed';

/** Everything a page shows of a room. Immutable: the same object until something changed. */
export interface RoomView {
  readonly connection: RoomConnection;
  /** Own seat as the server told it when it was joined; null before. */
  readonly seat: JoinResponse | null;
  readonly you: You | null;
  readonly state: RoomState;
  readonly chat: ChatLog;
  /** Names and texts by id; null where they were erased. */
  readonly references: References;
  /** Server clock minus this machine's, ms: add it to `Date.now()` for room time. */
  readonly clockOffsetMs: number;
  /** Why the server closed the room for us; then `connection` is `closed` for good. */
  readonly bye: Problem | null;
}

const emptyView: RoomView = {
  connection: 'connecting',
  seat: null,
  you: null,
  state: emptyRoom,
  chat: [],
  references: { people: {}, texts: {} },
  clockOffsetMs: 0,
  bye: null,
};

/** The fold of what the server pushed: the reducer is the api's own. */
export class RoomStore {
  private view = emptyView;
  private last: number | null = null;
  private readonly listeners = new Set<() => void>();

  /** Number to ask for what came after it; null before the first welcome. */
  get since(): number | null {
    return this.last;
  }

  snapshot(): RoomView {
    return this.view;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  set(change: Partial<RoomView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of [...this.listeners]) listener();
  }

  /** Takes over a welcome. Its events are the latest chat when it has a snapshot, else what was missed. */
  welcome(frame: WelcomeFrame, nowMs: number): readonly RoomEvent[] {
    const { snapshot, you, events, references } = frame;
    const clockOffsetMs = frame.now - nowMs;
    const base = { connection: 'open' as const, you, clockOffsetMs };
    if (!snapshot) {
      const fresh = this.fold(events, frame.to, references, base);
      return fresh;
    }
    this.last = frame.to;
    this.set({ ...base, state: snapshot.state, chat: events.reduce(reduceChat, []), references });
    return [];
  }

  /** Folds a batch. Returns the events that were new. */
  push(frame: Extract<ServerFrame, { t: 'events' }>): readonly RoomEvent[] {
    return this.fold(frame.events, frame.to, frame.references, {});
  }

  private fold(
    events: readonly RoomEvent[],
    to: number,
    references: References,
    change: Partial<RoomView>,
  ): readonly RoomEvent[] {
    const fresh = events.filter((event) => event.number > (this.last ?? 0));
    this.last = Math.max(to, this.last ?? 0);
    this.set({
      ...change,
      state: fresh.reduce(reduce, this.view.state),
      chat: fresh.reduce(reduceChat, this.view.chat),
      references: {
        people: { ...this.view.references.people, ...references.people },
        texts: { ...this.view.references.texts, ...references.texts },
      },
    });
    return fresh;
  }
}
