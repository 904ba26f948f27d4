import type { PieceLimits } from '../journal/piece-builder.js';

/** What the recorder process is configured with; also the injection token. */
export abstract class RecorderOptions {
  abstract readonly instance: string;
  /** Address of the control socket and of /healthz. */
  abstract readonly listen: { readonly host: string; readonly port: number };
  /** What media nodes must show. */
  abstract readonly controlToken: string;
  abstract readonly workerBin: string;
  /** Where pipe transports listen: one port per recording. */
  abstract readonly pipe: { readonly ip: string; readonly minPort: number; readonly maxPort: number };
  abstract readonly journalDir: string;
  abstract readonly pieceLimits: PieceLimits;
  /** A recording whose media stays away this long is finished; it may still come back. */
  abstract readonly orphanMs: number;
}
