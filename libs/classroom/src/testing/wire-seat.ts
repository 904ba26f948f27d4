import { randomUUID } from 'node:crypto';
import {
  emptyRoom,
  reduce,
  serverFrameSchema,
  type ClientFrame,
  type CommandPayload,
  type CommandType,
  type RoomEvent,
  type RoomState,
  type ServerFrame,
} from '@lyceum/contracts';
import { WebSocket } from 'ws';
import type { TestApi } from './test-api.js';

type FrameOf<T extends ServerFrame['t']> = Extract<ServerFrame, { t: T }>;
const PATIENCE_MS = 15_000;

/** A client on the bare wire: keeps every byte it was sent, so that a test can say what never arrived. */
export class WireSeat {
  readonly frames: ServerFrame[] = [];
  /** Everything received, as text. */
  wire = '';
  state: RoomState = emptyRoom;
  last = 0;
  closed = false;
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => this.received(String(data)));
    socket.on('close', () => this.ended());
    socket.on('error', () => this.ended());
  }

  /** `from`: the address that the edge would tell. */
  static async open(
    api: TestApi,
    slug: string,
    { origin, from }: { origin?: string; from?: string } = {},
  ): Promise<WireSeat> {
    const socket = new WebSocket(`ws://${api.host}/t/${slug}/rt`, {
      ...(origin !== undefined && { origin }),
      ...(from !== undefined && { headers: { 'x-forwarded-for': from } }),
    });
    const seat = new WireSeat(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('open', () => resolve());
      socket.on('error', reject);
    });
    return seat;
  }

  /** Opens, says hello and waits for the welcome. */
  static async hello(
    api: TestApi,
    slug: string,
    seatToken: string,
    since: number | null = null,
    from?: string,
  ): Promise<WireSeat> {
    const seat = await WireSeat.open(api, slug, from === undefined ? {} : { from });
    seat.send({ t: 'hello', seatToken, since });
    await seat.next('welcome');
    return seat;
  }

  send(frame: ClientFrame): void {
    this.socket.send(JSON.stringify(frame));
  }

  sendRaw(text: string): void {
    this.socket.send(text);
  }

  /** Says a command and waits for its answer. */
  async say<T extends CommandType>(
    type: T,
    payload: CommandPayload<T>,
    id: string = randomUUID(),
  ): Promise<FrameOf<'ack'> | FrameOf<'nack'>> {
    this.send({ t: 'cmd', id, type, payload });
    return this.until(
      () =>
        this.frames.find(
          (frame): frame is FrameOf<'ack'> | FrameOf<'nack'> =>
            'id' in frame && frame.id === id && (frame.t === 'ack' || frame.t === 'nack'),
        ),
      `answer to ${type}`,
    );
  }

  /** Like `say`, and fails unless it was acknowledged. */
  async do<T extends CommandType>(type: T, payload: CommandPayload<T>, id?: string): Promise<FrameOf<'ack'>> {
    const answer = await this.say(type, payload, id);
    if (answer.t === 'nack') throw new Error(`${type}: ${answer.problem.code}`);
    return answer;
  }

  /** The code with which a command is refused. */
  async refused<T extends CommandType>(type: T, payload: CommandPayload<T>): Promise<string> {
    const answer = await this.say(type, payload);
    return answer.t === 'nack' ? answer.problem.code : 'acknowledged';
  }

  /** The first frame of a kind, as soon as it is there. */
  next<T extends ServerFrame['t']>(t: T): Promise<FrameOf<T>> {
    return this.until(() => this.frames.find((frame): frame is FrameOf<T> => frame.t === t), t);
  }

  event(type: RoomEvent['type']): Promise<RoomEvent> {
    return this.until(() => this.events.find((event) => event.type === type), type);
  }

  /** Resolves once the socket was told of number `number`, or of something later. */
  reached(number: number): Promise<true> {
    return this.until(() => (this.last >= number ? true : undefined), `number ${number}`);
  }

  gone(): Promise<true> {
    return this.until(() => (this.closed ? true : undefined), 'the end of the socket');
  }

  get events(): RoomEvent[] {
    return this.frames.flatMap((frame) => (frame.t === 'events' || frame.t === 'welcome' ? frame.events : []));
  }

  close(): void {
    this.socket.terminate();
  }

  async until<T>(look: () => T | undefined, what: string): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`${what} did not come; last: ${JSON.stringify(this.frames.at(-1))}`);
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.waiting.delete(wake);
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(wake, 200);
        this.waiting.add(wake);
      });
    }
  }

  private received(text: string): void {
    this.wire += text;
    const frame = serverFrameSchema.parse(JSON.parse(text));
    this.frames.push(frame);
    if (frame.t === 'welcome' || frame.t === 'events') {
      const start = frame.t === 'welcome' && frame.snapshot ? frame.snapshot.state : this.state;
      this.state = frame.t === 'welcome' && frame.snapshot ? start : frame.events.reduce(reduce, start);
      this.last = frame.to;
    }
    this.wake();
  }

  private ended(): void {
    this.closed = true;
    this.wake();
  }

  private wake(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
