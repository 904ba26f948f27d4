import type { WantedRoom } from '@lyceum/contracts';

export interface RoomPlace {
  readonly wanted: WantedRoom;
  readonly nodeId: string;
}

/** A socket is welcomed, then media hears of its room: what the browser asks at once comes a few milliseconds too early. */
const KNOWN_WITHIN_MS = 3_000;

interface Waiting {
  readonly known: Promise<string | null>;
  settle(nodeId: string | null): void;
}

/** Which room is on which node, and how it should be, as this process was told last. */
export class RoomPlaces {
  private readonly places = new Map<string, RoomPlace>();
  private readonly waiting = new Map<string, Waiting>();

  get(roomId: string): RoomPlace | undefined {
    return this.places.get(roomId);
  }

  /** How the rooms of one node should be. */
  on(nodeId: string): WantedRoom[] {
    return [...this.places.values()].filter((place) => place.nodeId === nodeId).map(({ wanted }) => wanted);
  }

  set(wanted: WantedRoom, nodeId: string): void {
    this.places.set(wanted.roomId, { wanted, nodeId });
    this.waiting.get(wanted.roomId)?.settle(nodeId);
  }

  delete(roomId: string): void {
    this.places.delete(roomId);
  }

  /** The node of a room; waits for one that is about to be told, null when none was. */
  of(roomId: string): Promise<string | null> {
    const place = this.places.get(roomId);
    if (place) return Promise.resolve(place.nodeId);
    const waiting = this.waiting.get(roomId) ?? this.wait(roomId);
    return waiting.known;
  }

  private wait(roomId: string): Waiting {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const timer = setTimeout(() => settle(null), KNOWN_WITHIN_MS);
    const settle = (nodeId: string | null) => {
      clearTimeout(timer);
      this.waiting.delete(roomId);
      resolve(nodeId);
    };
    const waiting = { known: promise, settle };
    this.waiting.set(roomId, waiting);
    return waiting;
  }
}
