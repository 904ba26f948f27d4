import { Redis } from 'ioredis';
import type { Logger } from '../telemetry/index.js';

export type FanoutListener = (message: unknown) => void;

/** Everything of ours in a shared Redis starts with this; the ACL of our users names it. */
const prefix = 'lyceum:fan:';

/**
 * Messages between processes over Redis. Lossy by contract: what is published while Redis or a subscriber is away is
 * gone, so a subscriber must be able to catch up from PostgreSQL, and nobody may wait for a message to arrive.
 */
export class Fanout {
  private readonly listeners = new Map<string, Set<FanoutListener>>();

  constructor(
    private readonly publisher: Redis,
    private readonly subscriber: Redis,
    private readonly log: Logger,
  ) {
    subscriber.on('message', (channel: string, text: string) => this.deliver(channel, text));
  }

  /** Sends a JSON value to whoever listens now. Never throws and never waits for Redis. */
  publish(channel: string, message: unknown): void {
    if (this.publisher.status !== 'ready') return;
    this.publisher.publish(prefix + channel, JSON.stringify(message)).catch((err: unknown) => {
      this.log.warn({ channel, err }, 'fan-out failed');
    });
  }

  /** Calls `listener` with each message of `channel`, after reconnects too. @returns how to stop. */
  subscribe(channel: string, listener: FanoutListener): () => void {
    const name = prefix + channel;
    const set = this.listeners.get(name) ?? new Set();
    set.add(listener);
    if (set.size === 1) {
      this.listeners.set(name, set);
      this.tell('subscribe', name);
    }
    return () => {
      if (!set.delete(listener) || set.size > 0) return;
      this.listeners.delete(name);
      this.tell('unsubscribe', name);
    };
  }

  /** Whether Redis is there: for readiness and metrics, not for decisions. */
  get connected(): boolean {
    return this.publisher.status === 'ready' && this.subscriber.status === 'ready';
  }

  close(): void {
    this.publisher.disconnect();
    this.subscriber.disconnect();
  }

  private deliver(channel: string, text: string): void {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      return this.log.warn({ channel }, 'fan-out message is not JSON');
    }
    for (const listener of this.listeners.get(channel) ?? []) {
      try {
        listener(message);
      } catch (err) {
        this.log.error({ channel, err }, 'fan-out listener failed');
      }
    }
  }

  private tell(what: 'subscribe' | 'unsubscribe', name: string): void {
    // Queued by the client while Redis is away, and repeated by it after every reconnect.
    this.subscriber[what](name).catch((err: unknown) => this.log.warn({ err, channel: name }, `${what} failed`));
  }
}
