import { createConnection, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  keysResponseSchema,
  keysResultSchemas,
  LineDecoder,
  type KeysOperation,
  type KeysParameters,
  type KeysResponse,
  type KeysResult,
} from '../keys-protocol/index.js';
import { keysError } from './errors.js';

export interface KeysClientOptions {
  /** Path of this process's socket of the keys process. */
  socket: string;
  /** A request waits this long at most, a restart of the keys process included. */
  timeoutMs?: number;
}

interface Waiting {
  resolve: (response: KeysResponse) => void;
  reject: (error: Error) => void;
}

const DEFAULT_TIMEOUT_MS = 5_000;
const RECONNECT_PAUSE_MS = 100;

/** The connection ended before the answer came; asking again is harmless, since no operation changes anything. */
class ConnectionLost extends Error {}

/**
 * Speaks to the keys process over one connection, opened at the first request and again after a loss. Requests run in
 * parallel. Nothing is kept here: no key outlives the call that returned it.
 */
export class KeysClient {
  private connecting: Promise<Socket> | null = null;
  private readonly waiting = new Map<string, Waiting>();
  private lastId = 0;
  private closed = false;

  constructor(private readonly options: KeysClientOptions) {}

  /**
   * @throws LyceumError KEYS.UNAVAILABLE when no answer comes in time, KEYS.REFUSED when the process says no: a wrapped
   *   key that was changed or belongs elsewhere, or an operation that this peer may not ask for.
   */
  async request<O extends KeysOperation>(
    op: O,
    parameters: KeysParameters<O>,
    timeoutMs = this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  ): Promise<KeysResult<O>> {
    const deadline = Date.now() + timeoutMs;
    let cause: unknown;
    while (!this.closed && Date.now() < deadline) {
      try {
        const response = await this.exchange(op, parameters, deadline - Date.now());
        if (!response.ok) throw keysError('KEYS.REFUSED', { meta: { op, fault: response.fault } });
        return keysResultSchemas[op].parse(response.result);
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
        cause = error;
        await sleep(RECONNECT_PAUSE_MS);
      }
    }
    throw keysError('KEYS.UNAVAILABLE', { cause, meta: { op } });
  }

  /** Ends the connection; requests under way fail. Idempotent. */
  async close(): Promise<void> {
    this.closed = true;
    const socket = await this.connecting?.catch(() => null);
    socket?.destroy();
  }

  private async exchange<O extends KeysOperation>(
    op: O,
    parameters: KeysParameters<O>,
    patienceMs: number,
  ): Promise<KeysResponse> {
    const socket = await this.connect();
    const id = String((this.lastId += 1));
    const timeout = AbortSignal.timeout(Math.max(1, patienceMs));
    try {
      return await new Promise<KeysResponse>((resolve, reject) => {
        this.waiting.set(id, { resolve, reject });
        timeout.addEventListener('abort', () => reject(keysError('KEYS.UNAVAILABLE', { meta: { op } })));
        // Only a request under way is a reason for a one-shot process to stay.
        socket.ref();
        socket.write(`${JSON.stringify({ id, op, ...parameters })}\n`);
      });
    } finally {
      this.waiting.delete(id);
      if (this.waiting.size === 0) socket.unref();
    }
  }

  private connect(): Promise<Socket> {
    if (this.connecting) return this.connecting;
    const attempt = this.open(() => {
      if (this.connecting === attempt) this.connecting = null;
    });
    return (this.connecting = attempt);
  }

  private open(onEnd: () => void): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(this.options.socket);
      const decoder = new LineDecoder();
      socket.once('connect', () => resolve(socket));
      socket.on('error', (cause) => reject(new ConnectionLost(cause.message, { cause })));
      socket.on('data', (chunk: Buffer) => {
        try {
          for (const line of decoder.push(chunk)) this.receive(line);
        } catch (cause) {
          // Whoever answers like this is no keys process; start over.
          socket.destroy(cause instanceof Error ? cause : undefined);
        }
      });
      socket.once('close', () => {
        onEnd();
        for (const { reject: fail } of this.waiting.values()) fail(new ConnectionLost('the connection ended'));
      });
    });
  }

  private receive(line: string): void {
    const response = keysResponseSchema.parse(JSON.parse(line));
    this.waiting.get(response.id)?.resolve(response);
  }
}
