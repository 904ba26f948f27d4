import {
  CONTROL_HEARTBEAT_MS,
  CONTROL_LEASE_MS,
  MEDIA_CONTROL_PATH,
  mediaToApiSchema,
  type ActualRoom,
  type ApiToMedia,
  type MediaToApi,
  type RoomPlace,
  type WantedRoom,
} from '@lyceum/contracts';
import type { Logger } from '@lyceum/platform/telemetry';
import { PendingRequests } from '../link/pending-requests.js';
import { ReconnectingLink } from '../link/reconnecting-link.js';
import type { MediaNodeAddress, RoomMediaEvent } from './media-client.js';
import type { NodeStanding } from './place-room.js';

/** A worker answers within milliseconds; more means it is overloaded or gone. */
const TIMEOUT_MS = 5_000;
/** A connection that broke may be back at once. One that was silent for its lease has had its time; one that is refused is dead. */
const HICCUP_MS = 500;
/** What a process that has just started gives a node to be reached. */
const FIRST_CONTACT_MS = 3_000;

export interface NodeCallbacks {
  /** Every room that this node is to serve should be told now. */
  connected(): void;
  /** What the node has when the connection comes (again). */
  holds(rooms: readonly ActualRoom[]): void;
  event(event: RoomMediaEvent): void;
  actual(actual: ActualRoom): void;
  /** It has lost its rooms. */
  restarted(): void;
  /** It became fit for rooms, or ceased to be. */
  changed(): void;
}

/** One api's connection to one media node. */
export class NodeConnection {
  private readonly link: ReconnectingLink<typeof mediaToApiSchema, ApiToMedia>;
  private readonly pending = new PendingRequests(TIMEOUT_MS);
  private epoch: string | undefined;
  private region: string | null = null;
  private load = 0;
  private draining = false;
  private graceUntil = 0;
  private review: NodeJS.Timeout | undefined;
  private toldFit = true;
  /** It answers to the name by which this api and its fellows place rooms. */
  private isNamed = false;

  constructor(
    private readonly node: MediaNodeAddress,
    instance: string,
    private readonly log: Logger,
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
      closed: (silent) => this.down(silent),
      refused: () => this.gone(),
    });
  }

  get control(): string {
    return this.node.control;
  }

  get isUp(): boolean {
    return this.link.isUp && this.isNamed;
  }

  get standing(): NodeStanding {
    const { isUp, region, load, draining } = this;
    const isFit = !draining && (isUp || Date.now() < this.graceUntil);
    return { id: this.node.id, region, isUp, isFit, load };
  }

  start(): void {
    this.bearUntil(FIRST_CONTACT_MS);
    this.link.start();
  }

  stop(): void {
    clearTimeout(this.review);
    this.link.stop();
    this.pending.fail();
  }

  request(roomId: string, participantId: string, payload: unknown): Promise<unknown> {
    return this.pending.ask((id) => this.send({ t: 'request', id, roomId, participantId, payload }));
  }

  want(wanted: WantedRoom, place: RoomPlace): void {
    this.send({ t: 'wanted', wanted, place });
  }

  /** The room has another node by `version`. */
  release(roomId: string, version: number, afterMs: number): void {
    this.send({ t: 'release', roomId, version, afterMs });
  }

  /** False when it is down. */
  private send(frame: ApiToMedia): boolean {
    return this.isUp && this.link.send(frame);
  }

  private received(frame: MediaToApi): void {
    switch (frame.t) {
      case 'welcome':
        return this.welcomed(frame);
      case 'heartbeat':
        return this.beats(frame);
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

  private beats({ load, draining }: Extract<MediaToApi, { t: 'heartbeat' }>): void {
    this.load = load.workers.reduce((sum, share) => sum + share, 0) / Math.max(1, load.workers.length);
    this.draining = draining;
    this.tellFit();
  }

  private down(silent: boolean): void {
    this.isNamed = false;
    this.pending.fail();
    this.draining = false;
    this.bearUntil(silent ? 0 : HICCUP_MS);
  }

  /** What has just started gives others their time to start, too. */
  private gone(): void {
    if (this.epoch !== undefined && Date.now() < this.graceUntil) this.bearUntil(0);
  }

  private bearUntil(ms: number): void {
    this.graceUntil = Date.now() + ms;
    clearTimeout(this.review);
    this.review = setTimeout(() => this.tellFit(), ms);
  }

  private tellFit(): void {
    const { isFit } = this.standing;
    if (isFit === this.toldFit) return;
    this.toldFit = isFit;
    this.callbacks.changed();
  }

  /**
   * A node with another epoch has lost its rooms: it is told what is wanted, then the browsers that all begins anew. One that
   * has another name gets nothing: it would take itself for a branch of its own rooms.
   */
  private welcomed(frame: Extract<MediaToApi, { t: 'welcome' }>): void {
    const { id, control } = this.node;
    this.isNamed = frame.node === id;
    if (!this.isNamed)
      return this.log.error(
        { node: frame.node, id, control },
        'the media node has another name than here: give `instance` of the node and its id in `media.nodes` one value',
      );
    this.region = frame.region;
    this.callbacks.connected();
    this.callbacks.holds(frame.rooms);
    const restarted = this.epoch !== undefined && this.epoch !== frame.epoch;
    this.epoch = frame.epoch;
    if (restarted) this.callbacks.restarted();
  }
}
