import type { types } from 'mediasoup';

/** About all that a browser could receive, bit/s: more makes no difference to anyone. */
const CEILING = 2_000_000;
/** Estimates waver all the time; a change of less than this share is none. */
const CHANGE = 0.2;

/** Tells what the path to a browser carries, as mediasoup estimates it, whenever that changed enough to matter. */
export class PathWatch {
  private told: number | undefined;

  /** `tell` gets bit/s. */
  constructor(private readonly tell: (available: number) => void) {}

  /** Hears mediasoup's trace events of type `bwe`, about one a second. */
  traced({ type, info }: Pick<types.TransportTraceEventData, 'type' | 'info'>): void {
    if (type !== 'bwe') return;
    const { availableBitrate } = info as { availableBitrate?: unknown };
    if (typeof availableBitrate === 'number') this.estimated(Math.min(availableBitrate, CEILING));
  }

  private estimated(available: number): void {
    const { told } = this;
    if (told !== undefined && Math.abs(available - told) < told * CHANGE) return;
    this.told = available;
    this.tell(available);
  }
}
