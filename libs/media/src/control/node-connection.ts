import {
  CONTROL_HEARTBEAT_MS,
  CONTROL_LEASE_MS,
  MEDIA_CONTROL_PATH,
  mediaToApiSchema,
  type ActualRoom,
  type ApiToMedia,
  type MediaToApi,
  type WantedRoom,
} from '@lyceum/contracts';
import type { Logger } from '@lyceum/platform/telemetry';
import { PendingRequests } from '../link/pending-requests.js';
import { ReconnectingLink } from '../link/reconnecting-link.js';
import type { MediaNodeAddress, RoomMediaEvent } from './media-client.js';

/** A worker answers within milliseconds; more means it is overloaded or gone. */
const TIMEOUT_MS = 5_000;

export interface NodeCallbacks {
  /** The rooms that are to be on this node. */
  wanted(): WantedRoom[];
  event(event: RoomMediaEvent): void;
  actual(actual: ActualRoom): void;
}

/** One api's connection to one media node. */
export class NodeConnection {
  private readonly link: ReconnectingLink<typeof mediaToApiSchema, ApiToMedia>;
  private readonly pending = new PendingRequests(TIMEOUT_MS);
  private epoch: string | undefined;

  constructor(
    node: MediaNodeAddress,
    instance: string,
    log: Logger,
    private readonly callbacks: NodeCallbacks,
  ) {
    this.link = new ReconnectingLink({
      peer: node.id,
      url: new URL(MEDIA_CONTROL_PATH, node.control).href,
      token: node.token,
      log,
      incoming: mediaToApiSchema,
      heartbeat: { t: 'heartbeat' },
      heartbeatMs: CONTROL_HEARTBEAT_MS,
      leaseMs: CONTROL_LEASE_MS,
      opened: () => this.link.send({ t: 'hello', instance }),
      received: (frame) => this.received(frame),
      closed: () => this.pending.fail(),
    });
  }

  get isUp(): boolean {
    return this.link.isUp;
  }

  start(): void {
    this.link.start();
  }

  stop(): void {
    this.link.stop();
    this.pending.fail();
  }

  request(roomId: string, participantId: string, payload: unknown): Promise<unknown> {
    return this.pending.ask((id) => this.link.send({ t: 'request', id, roomId, participantId, payload }));
  }

  want(wanted: WantedRoom): void {
    this.link.send({ t: 'wanted', wanted });
  }

  private received(frame: MediaToApi): void {
    switch (frame.t) {
      case 'welcome':
        return this.welcomed(frame);
      case 'heartbeat':
        return;
      case 'response':
        return this.pending.answer(frame.id, frame.payload, frame.problem);
      case 'actual':
        return this.callbacks.actual(frame.actual);
      case 'event': {
        const { roomId, to, event } = frame;
        // Answers that arrived before it are passed on first: their promises settle before the next turn of the loop.
        setImmediate(() => this.callbacks.event({ roomId, to, event }));
        return;
      }
    }
  }

  /** A node with another epoch has lost its rooms: it is told what is wanted, then the browsers that all begins anew. */
  private welcomed(frame: Extract<MediaToApi, { t: 'welcome' }>): void {
    const wanted = this.callbacks.wanted();
    for (const room of wanted) this.want(room);
    for (const actual of frame.rooms) this.callbacks.actual(actual);
    const restarted = this.epoch !== undefined && this.epoch !== frame.epoch;
    this.epoch = frame.epoch;
    if (!restarted) return;
    for (const { roomId } of wanted) this.callbacks.event({ roomId, to: null, event: { type: 'reset', epoch: null } });
  }
}
