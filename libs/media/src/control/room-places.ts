import type { WantedRoom } from '@lyceum/contracts';

/** A room as this process was told last, and the nodes that serve it. */
export interface PlacedRoom {
  readonly wanted: WantedRoom;
  /** Id of the node that the room is at home on. */
  readonly home: string;
  /** The node of each person who is in the room or on the way into it. */
  readonly seats: Readonly<Record<string, string>>;
}

/** A socket is welcomed, then media hears of its room: what the browser asks at once comes a few milliseconds too early. */
const KNOWN_WITHIN_MS = 3_000;

export const nodesOf = ({ home, seats }: PlacedRoom): Set<string> => new Set([home, ...Object.values(seats)]);

export const peopleIn = ({ seats }: PlacedRoom): number => Object.keys(seats).length;

/** People of a room whom `nodeId` serves. */
export const peopleOn = ({ seats }: PlacedRoom, nodeId: string): string[] =>
  Object.keys(seats).filter((participantId) => seats[participantId] === nodeId);

/** People who had a node before and have another one now, by the node that they leave. */
export function movers(before: PlacedRoom, now: PlacedRoom): Map<string, string[]> {
  const leave = (participantId: string) => now.seats[participantId] ?? now.home;
  const gone = Object.entries(before.seats).filter(([participantId, node]) => leave(participantId) !== node);
  const byNode = Map.groupBy(gone, ([, node]) => node);
  return new Map([...byNode].map(([node, people]) => [node, people.map(([participantId]) => participantId)]));
}

/** Which room is on which nodes, and how it should be, as this process was told last. */
export class RoomPlaces {
  private readonly places = new Map<string, PlacedRoom>();
  private readonly waiting = new Set<() => void>();

  get(roomId: string): PlacedRoom | undefined {
    return this.places.get(roomId);
  }

  /** The rooms that a node serves, as home or as branch. */
  on(nodeId: string): PlacedRoom[] {
    return [...this.places.values()].filter((place) => nodesOf(place).has(nodeId));
  }

  set(place: PlacedRoom): void {
    this.places.set(place.wanted.roomId, place);
    for (const look of this.waiting) look();
  }

  delete(roomId: string): void {
    this.places.delete(roomId);
  }

  /** The node of a person; waits for one that is about to be told, then it is the room's home; null when that is not known. */
  nodeOf(roomId: string, participantId: string): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const settle = (node: string | null) => {
      clearTimeout(timer);
      this.waiting.delete(look);
      resolve(node);
    };
    const look = () => {
      const place = this.places.get(roomId);
      const node = place?.seats[participantId] ?? (place?.wanted.ended ? place.home : undefined);
      if (node !== undefined) settle(node);
    };
    const timer = setTimeout(() => settle(this.places.get(roomId)?.home ?? null), KNOWN_WITHIN_MS);
    this.waiting.add(look);
    look();
    return promise;
  }
}
