import { serverFrameSchema, type ClientFrame, type ServerFrame } from '@lyceum/contracts';

/** How often the client asks whether the server is there, and how long it waits for any sign of life. */
const PING_EVERY_MS = 4_000;
const SILENT_AFTER_MS = 9_000;
const OPEN_WITHIN_MS = 8_000;
/** An answer that is asked for because something else says that the network changed. */
const ANSWER_WITHIN_MS = 1_000;

export interface RoomSocketEvents {
  opened(): void;
  frame(frame: ServerFrame): void;
  /** A frame that the contract of this build does not know. */
  unknown(): void;
  /** Said once, whatever the reason. */
  lost(): void;
}

/** One connection, from opening to its loss; the next one is another object. Needs a global WebSocket (browsers, Node). */
export class RoomSocket {
  private readonly socket: WebSocket;
  private readonly timer: ReturnType<typeof setInterval>;
  private heardAt = Date.now();
  private done = false;

  constructor(
    url: string,
    private readonly events: RoomSocketEvents,
  ) {
    this.socket = new WebSocket(url);
    this.socket.addEventListener('open', () => {
      if (this.done) return;
      this.heardAt = Date.now();
      events.opened();
    });
    this.socket.addEventListener('message', (message) => this.received(message.data));
    this.socket.addEventListener('close', () => this.end());
    this.socket.addEventListener('error', () => this.end());
    this.timer = setInterval(() => this.check(), PING_EVERY_MS);
  }

  get isOpen(): boolean {
    return !this.done && this.socket.readyState === WebSocket.OPEN;
  }

  /** Asks whether the server is there, and gives up soon. */
  ask(): void {
    const askedAt = Date.now();
    this.send({ t: 'ping' });
    setTimeout(() => this.heardAt < askedAt && this.end(), ANSWER_WITHIN_MS);
  }

  send(frame: ClientFrame): void {
    if (this.isOpen) this.socket.send(JSON.stringify(frame));
  }

  /** Closes without telling `lost`. */
  close(): void {
    this.done = true;
    clearInterval(this.timer);
    this.socket.close();
  }

  private received(data: unknown): void {
    if (this.done) return;
    this.heardAt = Date.now();
    const parsed = typeof data === 'string' ? parse(data) : null;
    if (parsed) this.events.frame(parsed);
    else this.events.unknown();
  }

  private check(): void {
    const silentMs = Date.now() - this.heardAt;
    if (silentMs > (this.isOpen ? SILENT_AFTER_MS : OPEN_WITHIN_MS)) this.end();
    else this.send({ t: 'ping' });
  }

  private end(): void {
    if (this.done) return;
    this.close();
    this.events.lost();
  }
}

function parse(text: string): ServerFrame | null {
  try {
    return serverFrameSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
