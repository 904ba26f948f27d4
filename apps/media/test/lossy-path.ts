import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export interface PathEnd {
  /** What this end announces; the path listens there. */
  readonly announced: string;
  readonly port: number;
}

/** Where both ends really are. */
const REAL = '127.0.0.1';

/** A network between two UDP ends on this host, in both directions, that loses packets on purpose. */
export class LossyPath {
  readonly counts = { passed: 0, dropped: 0 };
  /** Share of packets that are lost, 0..1. */
  loss = 0;
  private readonly sockets: Socket[] = [];

  constructor(private readonly ends: readonly [PathEnd, PathEnd]) {}

  async open(): Promise<void> {
    const [a, b] = this.ends;
    const [toA, toB] = await Promise.all([bind(a), bind(b)]);
    this.sockets.push(toA, toB);
    // What arrives for one end goes on to it from where it expects the other one.
    toA.on('message', (packet) => this.pass(packet, toB, a));
    toB.on('message', (packet) => this.pass(packet, toA, b));
  }

  close(): void {
    for (const socket of this.sockets) socket.close();
  }

  private pass(packet: Buffer, from: Socket, to: PathEnd): void {
    if (Math.random() < this.loss) {
      this.counts.dropped += 1;
      return;
    }
    this.counts.passed += 1;
    from.send(packet, to.port, REAL);
  }
}

async function bind({ announced, port }: PathEnd): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(port, announced);
  await once(socket, 'listening');
  return socket;
}
