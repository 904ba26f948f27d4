import {
  ephemeralSchema,
  FEED_PULSE_MS,
  MAX_EPHEMERAL_BYTES,
  type Ephemeral,
  type FeedMessage,
} from '@lyceum/contracts';
import type { types } from 'mediasoup';

/** Messages a second that one person may send, and how many at once. A mouse pointer needs about 20. */
const RATE = 30;
const BURST = 60;

/** How full the bucket is after `elapsedMs`. */
export const refilled = (tokens: number, elapsedMs: number): number =>
  Math.min(BURST, tokens + (elapsedMs * RATE) / 1000);

/**
 * Ephemera of a room over data channels: audio levels from the server, pointers and the like from the people. Everyone sends
 * to the server and the server sends to everyone, so the cost is linear in seats, and the server says who spoke. When there is
 * nothing to say for a moment it says that, so that browsers notice a path that died.
 */
export class RoomFeed {
  private readonly pulse: NodeJS.Timeout;

  private constructor(
    private readonly transport: types.DirectTransport,
    private readonly producer: types.DataProducer,
  ) {
    this.pulse = setInterval(() => this.say({ t: 'pulse' }), FEED_PULSE_MS).unref();
    producer.observer.on('close', () => clearInterval(this.pulse));
  }

  static async open(router: types.Router): Promise<RoomFeed> {
    const transport = await router.createDirectTransport({ maxSendMessageSize: 65_536 });
    return new RoomFeed(transport, await transport.produceData({ label: 'feed' }));
  }

  get producerId(): string {
    return this.producer.id;
  }

  /** Unreliable, since the next message outdates a lost one. */
  subscribe(transport: types.Transport, paused: boolean): Promise<types.DataConsumer> {
    return transport.consumeData({ dataProducerId: this.producer.id, ordered: false, maxRetransmits: 0, paused });
  }

  /** Hands to `hear` what is said on a person's own channel for as long as `mayTalk` allows. */
  async listen(source: types.DataProducer, mayTalk: () => boolean, hear: (message: Ephemeral) => void): Promise<void> {
    const consumer = await this.transport.consumeData({ dataProducerId: source.id });
    let tokens = BURST;
    let at = performance.now();
    consumer.on('message', (message) => {
      const now = performance.now();
      tokens = refilled(tokens, now - at);
      at = now;
      if (tokens < 1 || message.length > MAX_EPHEMERAL_BYTES || !mayTalk()) return;
      tokens -= 1;
      const said = readEphemeral(message);
      if (said) hear(said);
    });
  }

  say(message: FeedMessage): void {
    if (this.producer.closed) return;
    this.producer.send(JSON.stringify(message));
    this.pulse.refresh();
  }
}

function readEphemeral(message: Buffer) {
  try {
    return ephemeralSchema.safeParse(JSON.parse(message.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
