import type { ActualRoom, MediaEvent, WantedRoom } from '@lyceum/contracts';
import type { Logger } from '@lyceum/platform/telemetry';
import { supersedes } from '../engine/wanted.js';
import { mediaError } from '../errors.js';
import { NodeConnection } from './node-connection.js';
import { placeRoom } from './place-room.js';

export interface MediaNodeAddress {
  readonly id: string;
  /** Address of its control port, `ws://host:port`. */
  readonly control: string;
  readonly token: string;
}

export interface RoomMediaEvent {
  readonly roomId: string;
  /** Participants who shall get it; null for everyone in the room. */
  readonly to: readonly string[] | null;
  readonly event: MediaEvent;
}

type Unsubscribe = () => void;

/** The api's side of media: knows all nodes, remembers what is wanted of them and says it again whenever one comes back. */
export class MediaClient {
  private readonly nodes: Map<string, NodeConnection>;
  private readonly wanted = new Map<string, WantedRoom>();
  private readonly eventListeners = new Set<(event: RoomMediaEvent) => void>();
  private readonly actualListeners = new Set<(actual: ActualRoom) => void>();

  /** `instance` names this process in the nodes' logs. */
  constructor(nodes: readonly MediaNodeAddress[], instance: string, log: Logger) {
    if (nodes.length === 0) throw new Error('an api needs at least one media node');
    this.nodes = new Map(
      nodes.map((node) => [
        node.id,
        new NodeConnection(node, instance, log, {
          wanted: () => [...this.wanted.values()].filter(({ roomId }) => this.nodeId(roomId) === node.id),
          event: (event) => this.emit(this.eventListeners, event),
          actual: (actual) => this.emit(this.actualListeners, actual),
        }),
      ]),
    );
  }

  start(): void {
    for (const node of this.nodes.values()) node.start();
  }

  stop(): void {
    for (const node of this.nodes.values()) node.stop();
  }

  /** True when every node answers. */
  get isReady(): boolean {
    return [...this.nodes.values()].every((node) => node.isUp);
  }

  /**
   * Passes a browser's request on and its answer back, both opaque here.
   * @throws LyceumError MEDIA.UNAVAILABLE, MEDIA.TIMEOUT, or what the engine answered (MEDIA.*)
   */
  negotiate(roomId: string, participantId: string, payload: unknown): Promise<unknown> {
    return this.node(roomId).request(roomId, participantId, payload);
  }

  /** How the room should be. Idempotent, remembered until `forget`, repeated to a node that comes back. */
  want(wanted: WantedRoom): void {
    if (!supersedes(wanted, this.wanted.get(wanted.roomId))) return;
    this.wanted.set(wanted.roomId, wanted);
    this.node(wanted.roomId).want(wanted);
  }

  /** This api has nobody of the room any more: others may, so the room itself stays as it is. */
  forget(roomId: string): void {
    this.wanted.delete(roomId);
  }

  onEvent(listener: (event: RoomMediaEvent) => void): Unsubscribe {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  onActual(listener: (actual: ActualRoom) => void): Unsubscribe {
    this.actualListeners.add(listener);
    return () => this.actualListeners.delete(listener);
  }

  private nodeId(roomId: string): string {
    return placeRoom(roomId, [...this.nodes.keys()]);
  }

  private node(roomId: string): NodeConnection {
    const node = this.nodes.get(this.nodeId(roomId));
    if (!node) throw mediaError('MEDIA.UNAVAILABLE');
    return node;
  }

  private emit<T>(listeners: Set<(value: T) => void>, value: T): void {
    for (const listener of listeners) listener(value);
  }
}
