import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { MAX_FRAME_BYTES } from '@lyceum/contracts';
import { RequestContext } from '@lyceum/platform/context';
import { TenantDirectory } from '@lyceum/platform/database';
import { clientAddress } from '@lyceum/platform/http';
import { WebSocketServer, type WebSocket } from 'ws';
import { GATEWAY_OPTIONS, type GatewayOptions } from './gateway-options.js';
import { NetworkRegions } from './network-regions.js';
import { CLOSE_RESTART } from './seat-socket.js';
import { SocketSession } from './socket-session.js';
import { SocketServices } from './socket-services.js';

const PATH = /^\/t\/([a-z0-9-]{1,64})\/rt$/;

/** A peer that answered no ping for this long is gone; two rounds, so that one lost packet costs nobody their seat. */
const HEARTBEAT_MS = 10_000;

/** The WebSocket edge of rooms: `/t/{slug}/rt`. It checks who knocks and hands every socket to a session of its own. */
@Injectable()
export class RoomGateway implements BeforeApplicationShutdown {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  private readonly answered = new WeakSet<WebSocket>();
  private readonly regions: NetworkRegions;
  private draining = false;
  private readonly heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);

  constructor(
    @Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions,
    private readonly tenants: TenantDirectory,
    private readonly services: SocketServices,
  ) {
    this.regions = new NetworkRegions(options.regions);
    this.heartbeat.unref();
  }

  /** Serves the upgrade requests of an HTTP server; those for other paths are refused. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      this.upgrade(request, socket, head).catch((error: unknown) =>
        socket.destroy(error instanceof Error ? error : undefined),
      );
    });
  }

  /** Sockets go to another process at once; what was received is committed before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.draining = true;
    clearInterval(this.heartbeat);
    for (const socket of this.server.clients) socket.close(CLOSE_RESTART);
    this.server.close();
    await this.services.writer.idle();
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    if (this.draining) return reject(socket, 503, 'Service Unavailable');
    const [path = ''] = (request.url ?? '').split('?');
    const slug = PATH.exec(path)?.[1];
    // Programs send no Origin; a browser always does, and can't forge it. A seat token is never sent by itself.
    const { origin } = request.headers;
    if (origin !== undefined && origin !== this.options.origin) return reject(socket, 403, 'Forbidden');
    const tenant = slug === undefined ? null : await this.tenants.bySlug(slug);
    if (!tenant) return reject(socket, 404, 'Not Found');
    const region = this.regions.of(clientAddress(request));
    const ctx = RequestContext.create({ tenant, actor: { kind: 'anonymous' } });
    this.server.handleUpgrade(request, socket, head, (client) => {
      this.answered.add(client);
      client.on('pong', () => this.answered.add(client));
      new SocketSession(ctx, client, region, this.services).start();
    });
  }

  private beat(): void {
    for (const client of this.server.clients) {
      if (this.answered.delete(client)) client.ping();
      else client.terminate();
    }
  }
}

function reject(socket: Duplex, status: number, reason: string): void {
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
