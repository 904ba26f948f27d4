import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, type Server, type Socket } from 'node:net';
import type { Door } from './doors.js';
import { Link, type Shape } from './link.js';

/**
 * Carries what comes through a namespace's doors to the same ports of this machine: TCP as it is, UDP over two links that
 * can be made bad.
 */
export class Carrier {
  readonly up = new Link();
  readonly down = new Link();
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private readonly flows = new Map<string, UdpSocket>();
  private readonly listeners: (Server | UdpSocket)[] = [];

  constructor(doors: readonly Door[]) {
    for (const { listener, port } of doors) {
      this.listeners.push(listener);
      if ('getConnections' in listener) listener.on('connection', (client) => this.carryStream(client, port));
      else listener.on('message', (packet, from) => this.carryPacket(listener, port, packet, from));
    }
  }

  /** Both directions of UDP from now on. */
  set shape(shape: Shape) {
    this.up.shape = shape;
    this.down.shape = shape;
  }

  /**
   * What a changed address does to open connections: nobody is told, and nothing passes any more. New ones work.
   */
  silence(): void {
    for (const pair of this.pairs) {
      for (const socket of pair) socket.unpipe().pause().removeAllListeners('data');
    }
    for (const flow of this.flows.values()) flow.close();
    this.flows.clear();
  }

  private carryStream(client: Socket, port: number): void {
    const server = connect(port, '127.0.0.1');
    const pair = [client, server] as const;
    this.pairs.add(pair);
    client.setNoDelay(true).pipe(server.setNoDelay(true)).pipe(client);
    for (const socket of pair) {
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.pairs.delete(pair);
        pair.forEach((other) => other.destroy());
      });
    }
  }

  /** Every address of a browser gets a socket of its own towards the appliance, as a router's table would have it. */
  private carryPacket(
    inside: UdpSocket,
    port: number,
    packet: Buffer,
    from: { readonly address: string; readonly port: number },
  ): void {
    const key = `${port} ${from.address} ${from.port}`;
    let flow = this.flows.get(key);
    if (!flow) {
      const outside = createSocket('udp4');
      outside.on('error', () => undefined);
      outside.on('message', (answer) =>
        this.down.send(answer.length, () => {
          if (this.flows.get(key) === outside) inside.send(answer, from.port, from.address, () => undefined);
        }),
      );
      this.flows.set(key, outside);
      flow = outside;
    }
    const target = flow;
    this.up.send(packet.length, () => {
      if (this.flows.get(key) === target) target.send(packet, port, '127.0.0.1', () => undefined);
    });
  }

  close(): void {
    for (const listener of this.listeners) listener.close();
    for (const pair of this.pairs) pair.forEach((socket) => socket.destroy());
    for (const flow of this.flows.values()) flow.close();
    this.flows.clear();
  }
}
