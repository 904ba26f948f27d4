import { randomUUID } from 'node:crypto';
import type { PassingFrame } from '@lyceum/contracts';
import { connectPipe, endOf, openPipe } from '../mediasoup/pipe-transport.js';
import type { HomeLink, HomeListener } from './home-link.js';
import { RoomPipe, type PipedRoom } from './room-pipe.js';
import type { RoomPipes } from './room-pipes.js';
import type { CascadeSurroundings } from './upstream.js';

/** Pause after a pipe was refused, timed out or was closed by home, before the next attempt. */
const RETRY_MS = 300;

/** A branch's pipe to one home, opened again after every loss of either side for as long as it is wanted. */
export class UpstreamPipe implements HomeListener {
  private pipe: RoomPipe | undefined;
  private opening = false;
  private wanted = true;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly room: PipedRoom,
    private readonly pipes: RoomPipes,
    private readonly link: HomeLink,
    private readonly surroundings: CascadeSurroundings,
  ) {}

  get pipeId(): string | undefined {
    return this.pipe?.id;
  }

  start(): void {
    this.link.join(this);
  }

  /** What there is stays; it is not opened again. */
  retire(): void {
    this.wanted = false;
    clearTimeout(this.retry);
    if (!this.pipe) this.link.leave(this);
  }

  stop(): void {
    this.retire();
    this.pipe?.close();
    this.link.leave(this);
  }

  linkUp(): void {
    void this.open();
  }

  linkDown(): void {
    this.pipe?.close();
  }

  received(frame: PassingFrame): void {
    this.pipe?.received(frame);
  }

  closed(): void {
    this.pipe?.close();
  }

  private async open(): Promise<void> {
    if (this.opening || this.pipe || !this.wanted || !this.link.isUp) return;
    this.opening = true;
    const { log, pipes: listen } = this.surroundings;
    const { roomId, router } = this.room;
    try {
      const transport = await openPipe(router, listen);
      if (!this.wanted) return transport.close();
      const pipe: RoomPipe = new RoomPipe(
        randomUUID(),
        this.room,
        transport,
        this.sideOf(() => pipe),
        log,
      );
      // From here on home may speak of it: its tracks come right behind its answer.
      this.pipe = pipe;
      const { end } = await this.link.open({ pipe: pipe.id, roomId, end: endOf(transport) });
      await connectPipe(transport, end);
      if (this.pipe === pipe) this.pipes.add(pipe);
      log.info({ roomId, home: this.link.control }, 'the room has a pipe to its home');
    } catch (error) {
      if (this.wanted && this.link.isUp) log.warn({ err: error, roomId }, 'no pipe to the home of the room yet');
      this.pipe?.close();
      this.tryAgain();
    } finally {
      this.opening = false;
    }
  }

  private sideOf(pipe: () => RoomPipe) {
    return {
      upward: true,
      tell: (frame: PassingFrame) => void this.link.send(frame),
      closed: () => this.ended(pipe()),
    };
  }

  private ended(pipe: RoomPipe): void {
    this.link.send({ t: 'close', pipe: pipe.id });
    this.pipes.remove(pipe);
    if (this.pipe !== pipe) return;
    this.pipe = undefined;
    this.tryAgain();
  }

  private tryAgain(): void {
    clearTimeout(this.retry);
    if (this.wanted) this.retry = setTimeout(() => void this.open(), RETRY_MS);
  }
}
