import type { ActualRoom, MediaEvent, WantedRoom } from '@lyceum/contracts';
import type { Logger } from '@lyceum/platform/telemetry';
import { supersedes } from '../engine/wanted.js';
import { mediaError } from '../errors.js';
import { NodeConnection } from './node-connection.js';
import { placeRoom } from './place-room.js';
import { RoomPlaces } from './room-places.js';

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

/** How long a node that is left keeps its seats: people are on the other one by then. */
const HAND_OVER_MS = 4_000;
/** Rooms on a node that is not fit are looked at this often: writing down their new place may fail. */
const REVIEW_MS = 1_000;

/**
 * The api's side of media: knows all nodes and their health, remembers what is wanted of them and says it again whenever one
 * comes back. Where a room is, is decided and written down by others (docs/decisions/0097); this proposes and obeys.
 */
export class MediaClient {
  private readonly nodes: Map<string, NodeConnection>;
  private readonly places = new RoomPlaces();
  private readonly eventListeners = new Set<(event: RoomMediaEvent) => void>();
  private readonly actualListeners = new Set<(actual: ActualRoom) => void>();
  private readonly misplacedListeners = new Set<(roomId: string) => void>();
  private reviewing: NodeJS.Timeout | undefined;

  /** `instance` names this process in the nodes' logs. */
  constructor(
    nodes: readonly MediaNodeAddress[],
    instance: string,
    private readonly log: Logger,
  ) {
    if (nodes.length === 0) throw new Error('an api needs at least one media node');
    this.nodes = new Map(
      nodes.map((node) => [
        node.id,
        new NodeConnection(node, instance, log, {
          wanted: () => this.places.on(node.id),
          holds: (rooms) => this.compare(node.id, rooms),
          event: (event) => this.emit(this.eventListeners, event),
          actual: (actual) => this.emit(this.actualListeners, actual),
          changed: () => this.reviewPlaces(),
        }),
      ]),
    );
  }

  start(): void {
    for (const node of this.nodes.values()) node.start();
    this.reviewing = setInterval(() => this.reviewPlaces(), REVIEW_MS);
  }

  stop(): void {
    clearInterval(this.reviewing);
    for (const node of this.nodes.values()) node.stop();
  }

  /** True when every node answers. */
  get isReady(): boolean {
    return [...this.nodes.values()].every((node) => node.isUp);
  }

  /** Where a room should be that is on `current` (null: nowhere yet) and whose people are in `region`. */
  place(roomId: string, region: string, current: string | null): string {
    const standings = [...this.nodes.values()].map((node) => node.standing);
    return placeRoom(roomId, region, current, standings);
  }

  /**
   * Passes a browser's request on and its answer back, both opaque here. Waits a moment for a room whose place is not known yet.
   * @throws LyceumError MEDIA.UNAVAILABLE, MEDIA.TIMEOUT, or what the engine answered (MEDIA.*)
   */
  async negotiate(roomId: string, participantId: string, payload: unknown): Promise<unknown> {
    const node = this.nodes.get((await this.places.of(roomId)) ?? '');
    if (!node) throw mediaError('MEDIA.UNAVAILABLE');
    return node.request(roomId, participantId, payload);
  }

  /**
   * How the room should be, and on which node. Idempotent, remembered until `forget`, repeated to a node that comes back. When the
   * room was elsewhere, its people are told to begin anew.
   */
  want(wanted: WantedRoom, nodeId: string): void {
    const { roomId, version } = wanted;
    const before = this.places.get(roomId);
    if (!supersedes(wanted, before?.wanted)) return;
    this.places.set(wanted, nodeId);
    this.nodes.get(nodeId)?.want(wanted);
    if (!before || before.nodeId === nodeId) return;
    this.log.info({ roomId, from: before.nodeId, to: nodeId }, 'the room has moved to another media node');
    const left = this.nodes.get(before.nodeId);
    const event: MediaEvent = { type: 'reset', epoch: null, moving: left?.isUp ?? false };
    this.emit(this.eventListeners, { roomId, to: null, event });
    left?.release(roomId, version, HAND_OVER_MS);
  }

  /** This api has nobody of the room any more: others may, so the room itself stays as it is. */
  forget(roomId: string): void {
    this.places.delete(roomId);
  }

  onEvent(listener: (event: RoomMediaEvent) => void): Unsubscribe {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  onActual(listener: (actual: ActualRoom) => void): Unsubscribe {
    this.actualListeners.add(listener);
    return () => this.actualListeners.delete(listener);
  }

  /** Called for every room whose node is not fit while another one is, again and again: it should be placed anew. */
  onMisplaced(listener: (roomId: string) => void): Unsubscribe {
    this.misplacedListeners.add(listener);
    return () => this.misplacedListeners.delete(listener);
  }

  /** A node that was away may have kept a room that moved on meanwhile. */
  private compare(nodeId: string, rooms: readonly ActualRoom[]): void {
    for (const actual of rooms) {
      const place = this.places.get(actual.roomId);
      if (place && place.nodeId !== nodeId) this.nodes.get(nodeId)?.release(actual.roomId, place.wanted.version, 0);
      else this.emit(this.actualListeners, actual);
    }
  }

  private reviewPlaces(): void {
    if (![...this.nodes.values()].some((node) => node.standing.isFit)) return;
    for (const [nodeId, node] of this.nodes) {
      if (node.standing.isFit) continue;
      for (const { roomId } of this.places.on(nodeId)) this.emit(this.misplacedListeners, roomId);
    }
  }

  private emit<T>(listeners: Set<(value: T) => void>, value: T): void {
    for (const listener of listeners) listener(value);
  }
}
