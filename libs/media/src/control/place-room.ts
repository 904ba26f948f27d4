import { createHash } from 'node:crypto';

/** What a process knows of a media node. */
export interface NodeStanding {
  readonly id: string;
  /** Null until it was heard for the first time. */
  readonly region: string | null;
  /** It answers now. */
  readonly isUp: boolean;
  /** Rooms may stay on it: it answers, or has been silent for so short a time that it may be a hiccup, and it is not leaving. */
  readonly isFit: boolean;
  /** Mean CPU share of its workers, 0..1. */
  readonly load: number;
}

/** Loads closer together than this count as equal: they are a second old, and many rooms open on the hour. */
const LOAD_STEP = 0.15;

/**
 * The node that a room should be on: the one it is on while that is fit; otherwise, by health, then by region, then by load; rooms
 * spread over equals by rendezvous hashing. With no fit node it stays where it is, and waits. `nodes` must not be empty.
 */
export function placeRoom(
  roomId: string,
  region: string,
  current: string | null,
  nodes: readonly NodeStanding[],
): string {
  const now = nodes.find(({ id }) => id === current);
  if (now?.isFit) return now.id;
  const fit = nodes.filter(({ isFit }) => isFit);
  const up = fit.filter(({ isUp }) => isUp);
  const healthy = up.length > 0 ? up : fit;
  if (healthy.length === 0 && now) return now.id;
  const able = healthy.length > 0 ? healthy : nodes;
  const near = able.filter((node) => node.region === region);
  const candidates = near.length > 0 ? near : able;
  const least = Math.min(...candidates.map(({ load }) => load));
  return byHash(
    roomId,
    candidates.filter(({ load }) => load - least < LOAD_STEP).map(({ id }) => id),
  );
}

/** Every process finds the same one without asking, and a new node takes over only its own share. */
function byHash(roomId: string, ids: readonly string[]): string {
  const weighed = ids.map((id) => ({ id, weight: createHash('sha256').update(`${id}\n${roomId}`).digest('hex') }));
  return weighed.reduce((best, next) => (next.weight > best.weight ? next : best)).id;
}
