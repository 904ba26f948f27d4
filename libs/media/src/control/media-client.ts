import type { ActualRoom, MediaEvent } from '@lyceum/contracts';
import type { Logger } from '@lyceum/platform/telemetry';
import { supersedes } from '../engine/wanted.js';
import { mediaError } from '../errors.js';
import { NodeConnection } from './node-connection.js';
import { placeNodes, type Crowd, type RoomNodes } from './place-branches.js';
import { movers, nodesOf, peopleIn, peopleOn, RoomPlaces, type PlacedRoom } from './room-places.js';

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
          connected: () => this.places.on(node.id).forEach((place) => this.tell(place, node.id)),
          holds: (rooms) => this.compare(node.id, rooms),
          event: (event) => this.emit(this.eventListeners, event),
          restarted: () => this.places.on(node.id).forEach((place) => this.reset(place, peopleOn(place, node.id))),
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

  /** Which nodes should serve a room that is on `current` (null: on none yet), for these people. */
  place(roomId: string, crowd: Crowd, current: RoomNodes | null): RoomNodes {
    const standings = [...this.nodes.values()].map((node) => node.standing);
    return placeNodes(roomId, crowd, current, standings);
  }

  /**
   * Passes a browser's request on and its answer back, both opaque here. Waits a moment for a person whose node is not known yet.
   * @throws LyceumError MEDIA.UNAVAILABLE, MEDIA.TIMEOUT, or what the engine answered (MEDIA.*)
   */
  async negotiate(roomId: string, participantId: string, payload: unknown): Promise<unknown> {
    const node = this.nodes.get((await this.places.nodeOf(roomId, participantId)) ?? '');
    if (!node) throw mediaError('MEDIA.UNAVAILABLE');
    return node.request(roomId, participantId, payload);
  }

  /**
   * How the room should be, and who serves whom. Idempotent, remembered until `forget`, repeated to a node that comes back. People
   * who get another node are told to begin anew.
   */
  want(place: PlacedRoom): void {
    const { roomId } = place.wanted;
    const before = this.places.get(roomId);
    if (!supersedes(place.wanted, before?.wanted)) return;
    this.places.set(place);
    for (const nodeId of nodesOf(place)) this.tell(place, nodeId);
    if (before) this.moved(before, place);
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

  /** Tells one of the nodes of a room; only home records. */
  private tell({ wanted, home, seats }: PlacedRoom, nodeId: string): void {
    const control = this.nodes.get(home)?.control;
    if (control === undefined) return;
    const away = Object.fromEntries(Object.entries(seats).filter(([, node]) => node !== home));
    const recording = nodeId === home ? wanted.recording : null;
    this.nodes.get(nodeId)?.want({ ...wanted, recording }, { home: { node: home, control }, away });
  }

  private moved(before: PlacedRoom, now: PlacedRoom): void {
    const { roomId, version } = now.wanted;
    if (before.home !== now.home)
      this.log.info({ roomId, from: before.home, to: now.home }, 'the room has moved to another media node');
    for (const [nodeId, people] of movers(before, now)) this.reset(now, people, this.nodes.get(nodeId)?.isUp ?? false);
    const kept = nodesOf(now);
    for (const nodeId of nodesOf(before)) {
      if (!kept.has(nodeId)) this.nodes.get(nodeId)?.release(roomId, version, HAND_OVER_MS);
    }
  }

  private reset({ wanted: { roomId } }: PlacedRoom, to: readonly string[], moving = false): void {
    this.emit(this.eventListeners, { roomId, to, event: { type: 'reset', epoch: null, moving } });
  }

  /** A node that was away may have kept a room that moved on meanwhile. */
  private compare(nodeId: string, rooms: readonly ActualRoom[]): void {
    for (const actual of rooms) {
      const place = this.places.get(actual.roomId);
      if (place && !nodesOf(place).has(nodeId)) this.nodes.get(nodeId)?.release(actual.roomId, place.wanted.version, 0);
      else this.emit(this.actualListeners, actual);
    }
  }

  private reviewPlaces(): void {
    if (![...this.nodes.values()].some((node) => node.standing.isFit)) return;
    for (const [nodeId, node] of this.nodes) {
      if (node.standing.isFit) continue;
      // Rooms with people in them don't wait for those that nobody closed.
      const rooms = this.places.on(nodeId).sort((one, other) => peopleIn(other) - peopleIn(one));
      for (const { wanted } of rooms) this.emit(this.misplacedListeners, wanted.roomId);
    }
  }

  private emit<T>(listeners: Set<(value: T) => void>, value: T): void {
    for (const listener of listeners) listener(value);
  }
}
