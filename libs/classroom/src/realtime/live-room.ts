import { projectState, type References, type RoomEvent, type ServerFrame, type Viewer } from '@lyceum/contracts';
import type { Committed } from '../application/submission.js';
import { roomError } from '../domain/errors.js';
import { advance, emptyFold, type Fold } from '../domain/fold.js';
import { referencedIds, type ReferencedIds } from '../domain/references.js';
import { seatStatus } from '../domain/seat-status.js';
import { ChatTail } from './chat-tail.js';
import { LiveReferences } from './live-references.js';
import { projectBatch, type SeatBatch } from './projection.js';
import { encodeFrame, type SeatSocket } from './seat-socket.js';

/** What a live room reads from the log; every call is a transaction of its own. */
export interface LiveSource {
  /** The room's fold at its head. */
  current(): Promise<Fold>;
  /** Events in (after, upTo], with the references that `missing` asks for. */
  between(after: number, upTo: number, missing: (ids: ReferencedIds) => ReferencedIds): Promise<LiveBatch>;
  /** The last chat events up to `upTo` whoever may see them, oldest first, at most `limit`. */
  chat(upTo: number, limit: number): Promise<RoomEvent[]>;
  /** As `chat`, of one viewer. */
  chatOf(upTo: number, viewer: SeatViewer, limit: number): Promise<RoomEvent[]>;
  references(ids: ReferencedIds): Promise<References>;
}

export interface LiveBatch {
  readonly events: readonly RoomEvent[];
  readonly references: References;
}

export type SeatViewer = Viewer & { readonly participantId: string };

/** Events that a returning client is sent one by one; after a longer absence it gets a snapshot. */
const LONGEST_CATCH_UP = 1_000;

/**
 * The sockets that one process has in one room, and the fold they were told. Everything runs one after the other, so a
 * socket sees batches in order and without gaps; a failed step leaves the fold where it was and is tried again.
 */
export class LiveRoom {
  readonly sockets = new Set<SeatSocket>();
  private readonly references: LiveReferences;
  private readonly chat: ChatTail;
  private fold: Fold = emptyFold;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly source: LiveSource) {
    this.references = new LiveReferences((ids) => this.source.references(ids));
    this.chat = new ChatTail(source);
  }

  /** Number of the last event that the sockets were told. */
  get number(): number {
    return this.fold.number;
  }

  /** Tells the sockets what this process has committed. */
  committed(committed: Committed): Promise<void> {
    return this.run(async () => {
      this.references.learn(committed);
      const first = committed.events[0]?.number ?? 0;
      if (first === this.fold.number + 1) await this.push(committed.events);
      else await this.catchUp(committed.fold.number);
    });
  }

  /** Tells the sockets everything up to `head`, a number another process or the head poll told of. */
  advanceTo(head: number): Promise<void> {
    return this.run(() => this.catchUp(head));
  }

  /** Welcomes a socket with what it missed since `since` (null: everything) and keeps it up to date from then on. */
  join(socket: SeatSocket, since: number | null): Promise<void> {
    return this.run(async () => {
      await this.bringUp(since);
      if (this.fold.state.endedAt !== null) return socket.bye(roomError('ROOM.ENDED'));
      const { participantId } = socket.seat;
      socket.admitted = this.fold.state.seats[participantId]?.present ?? false;
      socket.status = seatStatus(this.fold.state, participantId);
      socket.send((await this.missed(socket, since)) ?? (await this.snapshot(socket)));
      for (const other of this.socketsOf(participantId)) other.bye(roomError('ROOM.SEAT_TAKEN_OVER'));
      this.sockets.add(socket);
    });
  }

  socketsOf(participantId: string): SeatSocket[] {
    return [...this.sockets].filter((socket) => socket.seat.participantId === participantId);
  }

  /** Resolves when everything asked for so far is done. */
  settled(): Promise<unknown> {
    return this.queue;
  }

  private run<T>(step: () => Promise<T>): Promise<T> {
    const done = this.queue.then(step);
    this.queue = done.catch(() => undefined);
    return done;
  }

  /**
   * A room that nobody here was in starts from the head. One that is live hears of news by itself, so it needs no look,
   * unless the client has already seen more, elsewhere.
   */
  private async bringUp(since: number | null): Promise<void> {
    if (this.sockets.size > 0 && (since ?? 0) <= this.fold.number) return;
    const current = await this.source.current();
    if (this.sockets.size > 0) return this.catchUp(current.number);
    this.fold = current;
    this.chat.restart();
  }

  private async catchUp(head: number): Promise<void> {
    if (head <= this.fold.number) return;
    const missing = (ids: ReferencedIds): ReferencedIds => this.references.missing(ids);
    const { events, references } = await this.source.between(this.fold.number, head, missing);
    this.references.keepAll(references);
    await this.push(events);
  }

  /** Everything that can fail comes before the first send: a batch reaches all sockets or is tried again. */
  private async push(events: readonly RoomEvent[]): Promise<void> {
    const next = advance(this.fold, events);
    if (next.number === this.fold.number) return;
    const batches = new Map<SeatSocket, SeatBatch>();
    for (const socket of this.sockets) batches.set(socket, projectBatch(events, socket.viewer));
    await this.references.load(referencedIds(events));
    const from = this.fold.number + 1;
    this.fold = next;
    this.chat.push(events);
    const encoded = new Map<string, Buffer>();
    for (const [socket, batch] of batches) {
      if (batch.visible.length > 0 && !(batch.changed && batch.admitted)) {
        const key = batch.visible.map((event) => event.number).join();
        const bytes = encoded.get(key) ?? this.encode(from, batch.visible);
        encoded.set(key, bytes);
        socket.sendEncoded(bytes);
      }
    }
    for (const [socket, batch] of batches) await this.settleSeat(socket, batch);
    this.references.trim();
  }

  /** Tells a seat that its own standing changed; a new admission starts from a snapshot. */
  private async settleSeat(socket: SeatSocket, batch: SeatBatch): Promise<void> {
    const { participantId, role } = socket.seat;
    // A lost seat whose socket lives after all may be taken again at once; whoever left or was sent away is gone.
    const stays = batch.left === null || batch.left === 'lost';
    const status = stays ? seatStatus(this.fold.state, participantId) : 'gone';
    socket.admitted = batch.admitted;
    const dismissed = batch.ended || batch.left === 'removed';
    // A snapshot says where its reader stands, so that a page draws once.
    if (status !== socket.status && (dismissed || !batch.changed))
      socket.send({ t: 'you', you: { participantId, role, status } });
    socket.status = status;
    if (batch.ended) return this.dismiss(socket, 'ROOM.ENDED');
    if (batch.left === 'removed') return this.dismiss(socket, 'ROOM.REMOVED');
    if (!batch.changed) return;
    try {
      socket.send(await this.snapshot(socket));
    } catch (err) {
      // The batch is out already: this socket alone starts again.
      socket.ctx.log.warn({ err }, 'a snapshot failed');
      socket.restart();
    }
  }

  /** A moment later, so that whoever ended the room still gets the answer to that command. */
  private dismiss(socket: SeatSocket, code: 'ROOM.ENDED' | 'ROOM.REMOVED'): void {
    this.sockets.delete(socket);
    setImmediate(() => socket.bye(roomError(code)));
  }

  private encode(from: number, events: readonly RoomEvent[]): Buffer {
    const references = this.references.pick(referencedIds(events));
    const frame: ServerFrame = { t: 'events', from, to: this.fold.number, events: [...events], references };
    return encodeFrame(frame);
  }

  /** What came after `since`, when that folds to the truth: the seat must have stood as it stands now all the time. */
  private async missed(socket: SeatSocket, since: number | null): Promise<ServerFrame | null> {
    const { number } = this.fold;
    if (since === null || since === 0 || since > number || number - since > LONGEST_CATCH_UP) return null;
    const { events, references } = await this.source.between(since, number, (ids) => this.references.missing(ids));
    this.references.keepAll(references);
    const { participantId } = socket.seat;
    const moved = events.some(
      (event) =>
        (event.type === 'participant.joined' || event.type === 'participant.left') &&
        event.payload.participantId === participantId,
    );
    if (moved) return null;
    const { visible } = projectBatch(events, socket.viewer);
    return this.welcome(socket, null, since + 1, visible);
  }

  private async snapshot(socket: SeatSocket): Promise<ServerFrame> {
    const { number, state } = this.fold;
    const chat = socket.admitted ? await this.chat.visibleTo(socket.viewer, number) : [];
    return this.welcome(socket, { state: projectState(state, socket.viewer) }, 0, chat);
  }

  private async welcome(
    socket: SeatSocket,
    snapshot: Extract<ServerFrame, { t: 'welcome' }>['snapshot'],
    from: number,
    events: readonly RoomEvent[],
  ): Promise<ServerFrame> {
    const ids = referencedIds(events, snapshot?.state);
    await this.references.load(ids);
    const { participantId, role } = socket.seat;
    return {
      t: 'welcome',
      you: { participantId, role, status: socket.status },
      now: Date.now(),
      snapshot,
      from,
      to: this.fold.number,
      events: [...events],
      references: this.references.pick(ids),
    };
  }
}
