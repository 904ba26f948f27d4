import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Prepared } from '@lyceum/contracts';

/** How long a packet may stand before the bottleneck until what comes is dropped. */
const QUEUE_MS = 300;
const HOST = '127.0.0.1';

/** One direction: a queue before a line of so many kbit/s. */
class Line {
  kbitPerSecond = Infinity;
  private freeAt = 0;

  send(bytes: number, deliver: () => void): void {
    if (!Number.isFinite(this.kbitPerSecond)) return deliver();
    const now = performance.now();
    const queued = Math.max(0, this.freeAt - now);
    if (queued > QUEUE_MS) return;
    this.freeAt = now + queued + (bytes * 8) / this.kbitPerSecond;
    setTimeout(deliver, this.freeAt - now);
  }
}

/** A path between a page and its media node, as narrow as is said; media only, the page's socket is spared. */
export class Bottleneck {
  readonly down = new Line();
  readonly up = new Line();
  /** By port of the node; each has a port of its own on the page's side. */
  private readonly fronts = new Map<number, Promise<Socket>>();
  private readonly sockets: Socket[] = [];

  /** Answers to `prepare` with candidates that lead through here; whatever else as it is. */
  async through(answer: unknown): Promise<unknown> {
    if (typeof answer !== 'object' || answer === null || !('recv' in answer && 'feed' in answer)) return answer;
    const prepared = answer as Prepared;
    const [send, recv] = await Promise.all([this.divert(prepared.send), this.divert(prepared.recv)]);
    return { ...prepared, send, recv };
  }

  close(): void {
    for (const socket of this.sockets) socket.close();
  }

  private async divert(transport: Prepared['send']): Promise<Prepared['send']> {
    const udp = transport.iceCandidates.filter(({ protocol }) => protocol === 'udp');
    const iceCandidates = await Promise.all(
      udp.map(async (candidate) => ({
        ...candidate,
        port: (await this.front(Number(candidate['port']))).address().port,
      })),
    );
    return { ...transport, iceCandidates };
  }

  private front(port: number): Promise<Socket> {
    const known = this.fronts.get(port) ?? this.open(port);
    this.fronts.set(port, known);
    return known;
  }

  private async open(port: number): Promise<Socket> {
    const front = await this.socket();
    const behind = new Map<string, Promise<Socket>>();
    front.on('message', (packet, from) => {
      const key = `${from.address} ${from.port}`;
      const socket = behind.get(key) ?? this.back(front, from);
      behind.set(key, socket);
      this.up.send(packet.length, () => void socket.then((open) => open.send(packet, port, HOST)));
    });
    return front;
  }

  /** What the node sees of one address of the page; browsers send from all they have, to this host, too. */
  private async back(front: Socket, page: RemoteInfo): Promise<Socket> {
    const socket = await this.socket();
    socket.on('message', (packet) => this.down.send(packet.length, () => front.send(packet, page.port, page.address)));
    return socket;
  }

  private async socket(): Promise<Socket> {
    const socket = createSocket('udp4');
    this.sockets.push(socket);
    await new Promise<void>((resolve) => socket.bind(0, HOST, resolve));
    return socket;
  }
}
