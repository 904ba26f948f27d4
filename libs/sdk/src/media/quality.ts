import type { MediaStats } from './stats.js';

/** How well media arrives: `weak` is noticeable, `bad` hurts. */
export type MediaQuality = 'good' | 'weak' | 'bad';

/** Shares of lost packets and round trip times at which speech starts to suffer (about ITU-T G.114 and G.113). */
const WEAK = { loss: 0.03, roundTripMs: 300 };
const BAD = { loss: 0.1, roundTripMs: 600 };

export interface Received {
  readonly packets: number;
  readonly lost: number;
}

export const received = (stats: MediaStats): Received =>
  stats.remote.reduce(
    (sum, track) => ({ packets: sum.packets + track.packetsReceived, lost: sum.lost + track.packetsLost }),
    { packets: 0, lost: 0 },
  );

/** Judges the time between two looks. Counters that went back (a track was closed) count as no loss. */
export function judge(before: Received, after: Received, roundTripMs: number | null): MediaQuality {
  const lost = Math.max(0, after.lost - before.lost);
  const packets = Math.max(0, after.packets - before.packets);
  const loss = lost + packets > 0 ? lost / (lost + packets) : 0;
  const worse = (limit: typeof WEAK) => loss >= limit.loss || (roundTripMs ?? 0) >= limit.roundTripMs;
  return worse(BAD) ? 'bad' : worse(WEAK) ? 'weak' : 'good';
}
