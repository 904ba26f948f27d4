import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

/** Largest frame: a `wanted` of 2,000 seats is about 400 kB. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024;

/** Lets in those WebSockets that show the token, each path to its own host. */
export class SocketDoor {
  private readonly wss = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });

  /** `hosts` by path. */
  constructor(
    private readonly token: string,
    private readonly hosts: ReadonlyMap<string, (socket: WebSocket) => void>,
  ) {}

  /** Takes the upgrades of `server`. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  close(): void {
    this.wss.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { pathname } = new URL(request.url ?? '/', 'http://door');
    const host = this.hosts.get(pathname);
    if (!host) return refuse(socket, '404 Not Found');
    if (!sameToken(request.headers.authorization, this.token)) return refuse(socket, '401 Unauthorized');
    this.wss.handleUpgrade(request, socket, head, host);
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** In constant time, so that the token can't be guessed byte by byte. */
function sameToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
