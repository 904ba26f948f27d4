import type { PieceLimits } from '../journal/piece-builder.js';

/** What the recorder process is configured with. */
export interface RecorderOptions {
  readonly instance: string;
  /** What media nodes must show. */
  readonly controlToken: string;
  readonly workerBin: string;
  /** Where pipe transports listen: one port per recording. */
  readonly pipe: { readonly ip: string; readonly minPort: number; readonly maxPort: number };
  readonly pieceLimits: PieceLimits;
  /** A recording whose media stays away this long is finished; it may still come back. */
  readonly orphanMs: number;
}
