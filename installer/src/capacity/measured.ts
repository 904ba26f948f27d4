/** A rehearsal as it was printed; only the metrics that the model reads are kept. */
export interface Measured {
  /** `name` of the report; `by hand` when no rehearsal prints it. */
  readonly rehearsal: 'lecture' | 'sfu' | 'events' | 'by hand';
  /** ISO 8601; null when nobody wrote it down. */
  readonly date: string | null;
  readonly machine: string;
  readonly metrics: Readonly<Record<string, number>>;
}

const twoCores = '2 cores of an AMD EPYC, 24 GB, Debian 12';

/**
 * All that capacity is computed from, and the only place to bring up to date: paste the metrics of
 * `./lyceum rehearse lecture 400 --json` (and `sfu`, `events 2000`) with the day. The newest day of each rehearsal counts, and
 * of several reports of that day the dearest. docs/measurements.md has the same numbers with what was done.
 */
export const measured: readonly Measured[] = [
  {
    rehearsal: 'lecture',
    date: '2026-11-28',
    machine: twoCores,
    metrics: { seats: 400, media_cores: 0.82, media_us_per_packet: 19.92, api_cores: 0.03 },
  },
  {
    rehearsal: 'sfu',
    date: '2026-11-23',
    machine: twoCores,
    metrics: { sfu_pct_core_per_100mbps: 24.86, sfu_consumers_per_core: 395 },
  },
  {
    rehearsal: 'events',
    date: '2026-11-23',
    machine: twoCores,
    metrics: { seats: 2000, storm_s: 39, api_cores: 0.28, edge_cores: 0.3 },
  },
  {
    rehearsal: 'events',
    date: '2026-11-23',
    machine: twoCores,
    metrics: { seats: 2000, storm_s: 48.2, api_cores: 0.27 },
  },
  {
    rehearsal: 'events',
    date: '2026-11-23',
    machine: twoCores,
    metrics: { seats: 2000, storm_s: 27, api_cores: 0.23, edge_cores: 0.25 },
  },
  // 25 tracks of 1 Mbit/s of VP8 through a pipe into the recorder, each as percents of a core.
  {
    rehearsal: 'by hand',
    date: null,
    machine: '2 cores, Debian 12',
    metrics: {
      track_packets_per_s: 118,
      room_worker_pct_core_per_track: 0.12,
      recorder_worker_pct_core_per_track: 0.2,
      recorder_node_pct_core_per_track: 0.29,
    },
  },
];
