import { placeRoom, type NodeStanding } from './place-room.js';

/** The nodes of a room, as they are written down. */
export interface RoomNodes {
  readonly home: string;
  /** Node by region, for people of regions that home is not in. */
  readonly branches: Readonly<Record<string, string>>;
}

/** Who a room is for. */
export interface Crowd {
  /** Of the institution: counts while nobody's network is known. */
  readonly region: string;
  /** Of each person whose network is known. */
  readonly regions: readonly string[];
}

/** The region that most people are in; of equals the one that came first. */
export function regionOf({ region, regions }: Crowd): string {
  const counts = [...Map.groupBy(regions, (one) => one)].map(([name, same]) => ({ name, count: same.length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most), { name: region, count: 0 }).name;
}

/**
 * Home and branches of a room that is on `current` (null: nowhere yet). A region gets a branch when somebody is in it, home is
 * not, and a fit node is. Like home, a branch stays where it is while its node is fit.
 */
export function placeNodes(
  roomId: string,
  crowd: Crowd,
  current: RoomNodes | null,
  nodes: readonly NodeStanding[],
): RoomNodes {
  const home = placeRoom(roomId, regionOf(crowd), current?.home ?? null, nodes);
  const homeRegion = nodes.find(({ id }) => id === home)?.region ?? null;
  const branches: Record<string, string> = {};
  for (const region of new Set(crowd.regions)) {
    if (region === homeRegion) continue;
    const before = current?.branches[region] ?? null;
    const able = nodes.filter(({ id, isFit }) => isFit && id !== home);
    const near = able.filter((node) => node.region === region || node.id === before);
    // Where home is may not be known yet, just after a start: then nobody is moved.
    const candidates = homeRegion === null ? near.filter(({ id }) => id === before) : near;
    if (candidates.length > 0) branches[region] = placeRoom(roomId, region, before, candidates);
  }
  return { home, branches };
}
