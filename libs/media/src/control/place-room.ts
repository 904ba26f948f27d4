import { createHash } from 'node:crypto';

/**
 * The node of a room by rendezvous hashing: every api finds the same one without asking, and a new node takes over only its
 * own share of rooms. `nodeIds` must not be empty.
 */
export function placeRoom(roomId: string, nodeIds: readonly string[]): string {
  const weighed = nodeIds.map((id) => ({ id, weight: createHash('sha256').update(`${id}\n${roomId}`).digest('hex') }));
  return weighed.reduce((best, next) => (next.weight > best.weight ? next : best)).id;
}
