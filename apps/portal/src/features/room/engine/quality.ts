import type { MediaState, MediaStats, RoomMediaClient } from '@lyceum/sdk/media';

export type Quality = 'good' | 'weak' | 'bad';
type Counts = Map<string, { lost: number; received: number }>;

/** Above these a voice breaks up now and then, or all the time. */
const WEAK = { loss: 0.03, roundTripMs: 300 };
const BAD = { loss: 0.1, roundTripMs: 800 };

/**
 * How the connection does, by what was lost since the last look and how long a packet travels. `before` and `counts` are
 * packets by track; null while there is nothing to measure yet.
 */
export function qualityOf(
  state: MediaState,
  stats: MediaStats | null,
  before: Counts,
): { quality: Quality | null; counts: Counts } {
  if (!stats || state !== 'connected') return { quality: state === 'idle' ? null : 'bad', counts: before };
  const counts: Counts = new Map();
  let lost = 0;
  let received = 0;
  for (const track of stats.remote) {
    const now = { lost: track.packetsLost, received: track.packetsReceived };
    const then = before.get(track.trackId) ?? now;
    counts.set(track.trackId, now);
    lost += Math.max(0, now.lost - then.lost);
    received += Math.max(0, now.received - then.received);
  }
  const loss = lost + received === 0 ? 0 : lost / (lost + received);
  const roundTripMs = Math.max(stats.send.roundTripMs ?? 0, stats.recv.roundTripMs ?? 0);
  const beyond = (limit: typeof WEAK) => loss > limit.loss || roundTripMs > limit.roundTripMs;
  return { quality: beyond(BAD) ? 'bad' : beyond(WEAK) ? 'weak' : 'good', counts };
}

const PERIOD_MS = 3_000;

/** Looks at the connection again and again. */
export class QualityWatch {
  private counts: Counts = new Map();
  private timer: ReturnType<typeof setInterval> | undefined;

  /** `tell` hears of every look. */
  constructor(private readonly tell: (now: { quality: Quality | null; relayed: boolean }) => void) {}

  start(media: Pick<RoomMediaClient, 'state' | 'stats'>): void {
    this.timer = setInterval(() => void this.look(media), PERIOD_MS);
    void this.look(media);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(media: Pick<RoomMediaClient, 'state' | 'stats'>): Promise<void> {
    const stats = await media.stats().catch(() => null);
    const { quality, counts } = qualityOf(media.state, stats, this.counts);
    this.counts = counts;
    this.tell({ quality, relayed: stats?.recv.type === 'relay' || stats?.send.type === 'relay' });
  }
}
