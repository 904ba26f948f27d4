import { chmodSync, chownSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { LineDecoder, type KeysResponse } from '@lyceum/platform/keys-protocol';
import type { Logger } from '@lyceum/platform/telemetry';

/** A process opens one connection; two apis, a few restarts and a health check stay far below. */
const MAX_CONNECTIONS = 64;
/** Answers that a peer left unread: one that asks and never reads must not fill our memory. */
const MAX_UNREAD_BYTES = 1024 * 1024;
const OWNER_ONLY = 0o600;
const OWNER_AND_GROUP = 0o660;

export interface PeerSocketOptions {
  directory: string;
  peer: string;
  /** Group id of the peer's user. Without one only this process's own user can connect. */
  group: number | undefined;
  answer: (line: string) => KeysResponse;
  log: Logger;
}

/**
 * Serves one peer on `<directory>/<peer>.sock`. Whoever may open the file is the peer: file permissions are the
 * authentication, so the socket is closed to everybody from the moment it exists until owner and mode are right.
 */
export class PeerSocket {
  private readonly server: Server;
  private readonly connections = new Set<Socket>();

  constructor(private readonly options: PeerSocketOptions) {
    this.server = createServer((socket) => this.serve(socket));
    this.server.maxConnections = MAX_CONNECTIONS;
  }

  get path(): string {
    return join(this.options.directory, `${this.options.peer}.sock`);
  }

  /** @throws Error when the path can't be bound or handed to the peer's group. */
  async listen(): Promise<void> {
    // What a killed predecessor left behind; the supervisor sees to it that there is one keys process.
    rmSync(this.path, { force: true });
    const umask = process.umask(0o177);
    try {
      await new Promise<void>((resolve, reject) => {
        this.server.once('error', reject);
        this.server.listen(this.path, resolve);
      });
    } finally {
      process.umask(umask);
    }
    this.server.on('error', (err) => this.options.log.error({ err, peer: this.options.peer }, 'socket failed'));
    this.handOver();
  }

  /** Ends all connections; idempotent. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const connection of this.connections) connection.destroy();
    await closed;
  }

  private handOver(): void {
    const { group, peer } = this.options;
    if (group === undefined) return chmodSync(this.path, OWNER_ONLY);
    try {
      chownSync(this.path, process.getuid?.() ?? -1, group);
    } catch (cause) {
      const cure = `make the user of the keys process a member of group ${group}`;
      throw new Error(`The socket ${this.path} can't be given to the group of ${peer}: ${cure}`, { cause });
    }
    chmodSync(this.path, OWNER_AND_GROUP);
  }

  private serve(socket: Socket): void {
    const { peer, log, answer } = this.options;
    const decoder = new LineDecoder();
    this.connections.add(socket);
    socket.on('close', () => this.connections.delete(socket));
    socket.on('error', (err) => log.debug({ peer, reason: err.message }, 'connection lost'));
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const line of decoder.push(chunk)) socket.write(`${JSON.stringify(answer(line))}\n`);
        if (socket.writableLength > MAX_UNREAD_BYTES) throw new Error('answers are not read');
      } catch (error) {
        log.warn({ peer, reason: error instanceof Error ? error.name : 'unknown' }, 'connection ended by us');
        socket.destroy();
      }
    });
  }
}
